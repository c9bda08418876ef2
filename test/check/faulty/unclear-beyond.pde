# RUN: cd %S && not pdec check unclear-beyond.pde 2>&1 | diff unclear-beyond.pde.expected -
# A stage of a time step and a chemical potential look the same.
grid X : 2d, boundary x dirichlet 0, y periodic
param tau = 0.1, gamma = 0.01
input f on X
let stage = f + tau/2*(laplace(f) + 1)
output u = laplace(stage), v = laplace(f^3 - f - gamma*laplace(f)), w = d2(y)(stage)
