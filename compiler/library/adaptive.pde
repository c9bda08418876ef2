# Embedded Runge-Kutta methods for u_t = R(u, t), whose steps adapt and end at T:
# evolve u, t, tau from f, 0, 1e-3 by dp45(R, T, tol) until t >= T. A step is
# repeated with a smaller tau where the largest estimated error is above tol.

# The next step, from the one that was tried and its error of this order.
fun next_step(tau, error, tol, order) = {
  let factor = 0.9*(tol/max(error, 1e-30))^(1/order)
  return tau*clamp(factor, 0.2, 5)
}

# Bogacki and Shampine (1989), of third order.
scheme bs23(R, T, tol): u, t, tau -> {
  require tol > 0, "tol must be above 0"
  let h = min(tau, T - t)
  let k1 = R(u, t)
  let k2 = R(u + h/2*k1, t + h/2)
  let k3 = R(u + 3/4*h*k2, t + 3/4*h)
  let v = u + h*(2/9*k1 + 1/3*k2 + 4/9*k3)
  let k4 = R(v, t + h)
  let error = norm_max(h*(-5/72*k1 + 1/12*k2 + 1/9*k3 - 1/8*k4))
  let isGood = error <= tol
  u = if isGood then v else u
  t = if isGood then t + h else t
  tau = next_step(h, error, tol, 3)
}

# Dormand and Prince (1980), of fifth order.
scheme dp45(R, T, tol): u, t, tau -> {
  require tol > 0, "tol must be above 0"
  let h = min(tau, T - t)
  let k1 = R(u, t)
  let k2 = R(u + h/5*k1, t + h/5)
  let k3 = R(u + h*(3/40*k1 + 9/40*k2), t + 3/10*h)
  let k4 = R(u + h*(44/45*k1 - 56/15*k2 + 32/9*k3), t + 4/5*h)
  let v5 = 19372/6561*k1 - 25360/2187*k2 + 64448/6561*k3 - 212/729*k4
  let k5 = R(u + h*v5, t + 8/9*h)
  let v6 = 9017/3168*k1 - 355/33*k2 + 46732/5247*k3 + 49/176*k4
  let k6 = R(u + h*(v6 - 5103/18656*k5), t + h)
  let rate = 35/384*k1 + 500/1113*k3 + 125/192*k4 - 2187/6784*k5 + 11/84*k6
  let v = u + h*rate
  let k7 = R(v, t + h)
  let lost = 71/57600*k1 - 71/16695*k3 + 71/1920*k4 - 17253/339200*k5
  let error = norm_max(h*(lost + 22/525*k6 - 1/40*k7))
  let isGood = error <= tol
  u = if isGood then v else u
  t = if isGood then t + h else t
  tau = next_step(h, error, tol, 5)
}
