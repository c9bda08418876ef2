# A loop that does not converge fails alike in both forms and the reference.
# RUN: pdec verify %s --precision f64 | FileCheck %s
# CHECK: f64, as written: proved on {{.*}} pairs of runs failed alike
grid X : 1d, boundary dirichlet 0
input f on X
fun A(u) = -laplace(u)
solve A(u) = f by jacobi(0.9) until residual < 1e-10, at most 5
output u
