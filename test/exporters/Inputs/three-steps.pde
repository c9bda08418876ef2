grid X : 1d, boundary reflecting
param tau = 0.2 where tau > 0, n = 3 where n >= 0
input f on X
let D = forward(x)
evolve u from f by u -> u - tau*D'(D(u)) for n steps
output u
