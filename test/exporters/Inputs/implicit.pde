grid X : 1d, boundary reflecting
param n = 3 where n >= 0, tau = 2 where tau > 0
input f on X
evolve u from f by u -> {
  let b = u
  let v = fixpoint v from u { 0.5*v + 0.5*(b + 0.1*tau*d2(x)(v)) } until change < 1e-4, at most 500
  return v
} for n steps
output u
