# RUN: cd %S && not pdec check number-changes-to-operator.pde 2>&1 | diff number-changes-to-operator.pde.expected -
grid X : 1d, boundary reflecting
input f on X
let D = forward(x)
evolve u, t from f, 0 by (u, t) -> [u/2, D] for 5 steps
output u
