# The heat equation in three dimensions, no flux at the sides
grid X : 3d, boundary reflecting, size 256

param tau = 0.15 where 0 < tau <= 1/6, n = 100 where n >= 0

input f on X = step(x - size(x)/2) + 0.1*noise(3)

fun R(u) = laplace(u)

evolve u from f by explicit(R, tau) for n steps
output u
