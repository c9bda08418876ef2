# RUN: cd %S && not pdec check function-times-number.pde 2>&1 | diff function-times-number.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
param tau = 0.4
let D = forward(x)
fun R(u) = D(u)
evolve u from f by u -> u + tau*R for 5 steps
output u
