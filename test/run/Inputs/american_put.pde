# The value of an American put, the right to sell a share of price x for K until
# the time T: never less than what it brings to sell now.
grid X : 1d,
    boundary low dirichlet K,
    high dirichlet 0,
    extent [0, 160],
    size 319

param sigma = 0.2 where sigma > 0,
      r = 0.06 where r >= 0,
      K = 40.0 where K > 0,
      T = 1.0 where T > 0,
      n = 100 where n >= 1

input payoff on X = max(K - x, 0)

fun R(u) = sigma^2/2*x^2*d2(x)(u) + r*(x*central(x)(u) - u)
let step = sdirk2(R, T/n, by = bicgstab())

evolve u from payoff by u -> max(step(u), payoff) for n steps
output u, at_36 = at(u, [36]), at_40 = at(u, [40]), at_44 = at(u, [44])
