grid X : 1d, boundary reflecting, size 32
param tau = 0.75 where tau > 0
input f on X = x
let D = forward(x)
evolve u from f by explicit(u -> -D'(D(u)), tau) for 10 steps  # too long
output u
