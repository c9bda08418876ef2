# RUN: cd %S && not pdec check missing-steps.pde 2>&1 | diff missing-steps.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
param tau = 0.4
let D = forward(x)
fun R(u) = -D'(D(u))
evolve u from f by explicit(R, tau) for 5
output u
