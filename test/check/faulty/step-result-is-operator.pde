# RUN: cd %S && not pdec check step-result-is-operator.pde 2>&1 | diff step-result-is-operator.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let D = forward(x)
evolve u from f by u -> D for 5 steps
output u
