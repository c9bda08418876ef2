# RUN: cd %S && not pdec check state-changes-parts.pde 2>&1 | diff state-changes-parts.pde.expected -
grid X : 1d
input f on X
fun A(u) = u - laplace(u)
fun solver(A, b) = [u -> [u, u], (u, v) -> [u + 0.1*(b - A(u)), [v, v]]]
solve A(u) = f by solver until residual < 1e-8
output u
