# RUN: cd %S && not pdec check directions-not-whole.pde 2>&1 | diff directions-not-whole.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
solve A(u) = f by gmres(m = 2.5) until residual < 1e-6
output u
