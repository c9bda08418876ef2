# Time steps for u_t = R(u), of size tau. For a system of fields, u is the list
# of them, and R takes them one by one or as that list.

# Euler's method, of first order: a residual block.
scheme explicit(R, tau): u -> u + tau*R(u)

# Heun's method, of second order.
scheme heun(R, tau): u -> {
  let k = R(u)
  u = u + tau/2*(k + R(u + tau*k))
}

# The classical Runge-Kutta method, of fourth order.
scheme rk4(R, tau): u -> {
  let k1 = R(u)
  let k2 = R(u + tau/2*k1)
  let k3 = R(u + tau/2*k2)
  let k4 = R(u + tau*k3)
  u = u + tau/6*(k1 + 2*k2 + 2*k3 + k4)
}

# Three stages of third order that preserve strong stability: each is an average
# of Euler steps.
scheme ssprk3(R, tau): u -> {
  let v = u + tau*R(u)
  let w = 3/4*u + 1/4*(v + tau*R(v))
  u = 1/3*u + 2/3*(w + tau*R(w))
}
