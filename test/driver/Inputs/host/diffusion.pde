grid X : 1d, boundary reflecting
param tau = 0.25
input f on X
let D = forward(x)
fun R(u) = -D'(D(u))
evolve u from f by explicit(R, tau) for 1 steps
output u
