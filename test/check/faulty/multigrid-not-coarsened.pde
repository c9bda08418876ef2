# RUN: cd %S && not pdec check multigrid-not-coarsened.pde 2>&1 | diff multigrid-not-coarsened.pde.expected -
grid X : 2d, boundary x dirichlet 0, y low reflecting, y high dirichlet 1, size 31
input f on X
fun A(u) = -laplace(u)
solve A(u) = f by v_cycle() until residual < 1e-8
output u
