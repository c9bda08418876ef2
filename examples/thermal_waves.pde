# How the temperature of the surface goes into the ground: u_t = a u_xx, where
# u(0, t) = sin(2 pi t). The time is a number of the state. Each step compares
# Heun's method with Euler's: where they differ too much, it is made again,
# shorter; the last one ends at T.
grid X : 1d, boundary low dirichlet 0, high reflecting, extent [0, 1], size 60

param a = 0.05 where a > 0, T = 1.25 where T >= 0, tol = 1e-4 where tol > 0

input f on X = 0

fun R(u, t) = {
  let v on X, boundary low dirichlet sin(2*pi*t) = u
  return a*laplace(v)
}

scheme adaptive(R, T, tol): u, t, tau -> {
  let step = min(tau, T - t)
  let k1 = R(u, t)
  let k2 = R(u + step*k1, t + step)
  let error = norm_max(step/2*(k2 - k1))
  let is_good = error <= tol
  u = if is_good then u + step/2*(k1 + k2) else u
  t = if is_good then t + step else t
  tau = step*clamp(0.9*sqrt(tol/max(error, 1e-30)), 0.2, 2)
}

evolve u, t, tau from f, 0, 1e-3
    by adaptive(R, T, tol)
    until t >= T, at most 100000
output u, t
