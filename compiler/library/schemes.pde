# Time steps for u_t = R(u), of size tau.

# Euler's method, of first order: a residual block.
scheme explicit(R, tau): u -> u + tau*R(u)

# Heun's method, of second order.
scheme heun(R, tau): u -> {
  let k = R(u)
  let v = u + tau*k
  u = u + tau/2*(k + R(v))
}
