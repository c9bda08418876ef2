# RUN: cd %S && not pdec check misspelt-argument.pde 2>&1 | diff misspelt-argument.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
param tau = 0.4
let D = forward(x)
fun R(u) = -D'(D(u))
evolve u from f by explicit(R, taau = 0.1) for 5 steps
output u
