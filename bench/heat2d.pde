# The heat equation in two dimensions, no flux at the sides
grid X : 2d, boundary reflecting, size 4096

param tau = 0.2 where 0 < tau <= 0.25, n = 100 where n >= 0

input f on X = step(x - size(x)/2) + 0.1*noise(3)

fun R(u) = laplace(u)

evolve u from f by explicit(R, tau) for n steps
output u
