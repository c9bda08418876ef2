grid X : 1d, boundary low dirichlet 1, high reflecting
param tau = 0.25 where 0 < tau <= 0.5, n = 4, weight = 0.5
input f on X = 0*x
input source on X
let D = d2(x)
evolve u from f by u -> u + tau*D(u) + weight*source for n steps
output u, change = u - f
