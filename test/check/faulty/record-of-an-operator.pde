# RUN: cd %S && not pdec check record-of-an-operator.pde 2>&1 | diff record-of-an-operator.pde.expected -
grid X : 1d, boundary reflecting
input f on X
let D = forward(x)
evolve u from f by u -> u/2 for 5 steps
    record slope = D every 1
output u
