# RUN: cd %S && not pdec check calls-and-lists.pde 2>&1 | diff calls-and-lists.pde.expected -
grid X : 1d
grid Y : 2d
input f on X
input h on Y
fun A(u) = u - laplace(u)
scheme s: w -> w
solve A(u) = f by cg until residual < 1e-9
evolve v from f by s() for 3 steps
output u, v, g = forward(f), p = grad(h)
