# Schemes that extrapolate: each level is read once more, two steps later. In the
# network that is one more weighted skip.

# u_tt = R(u); v is the level before u, and both are evolved.
scheme leapfrog(R, tau): u, v -> {
  u, v = 2*u - v + tau^2*R(u), u
}

# The level before u for a given velocity, to second order.
fun leapfrog_start(R, tau, u, velocity = 0) = u - tau*velocity + tau^2/2*R(u)

# Du Fort and Frankel's scheme for u_t = R(u): stable for all tau if alpha is
# above a quarter of the largest |eigenvalue| of R. The level v before the first
# u is the initial field, u itself is one explicit step of 1/(2*alpha).
scheme dufort_frankel(R, tau, alpha): u, v -> {
  require alpha > 0, "alpha must be above 0"
  let a = 4*tau*alpha/(1 + 2*tau*alpha)
  u, v = a*(u + 1/(2*alpha)*R(u)) + (1 - a)*v, u
}

# Fast semi-iterative scheme: one step is a cycle of `cycle` extrapolated explicit
# ones and covers (cycle^2 + cycle)/3*tau. What R freezes is held over a cycle.
scheme fsi(R, tau, cycle = 20): u -> {
  require is_count(cycle, 1), "cycle must be an integer of 1 or more"
  let F = hold(R, u)
  var v = u
  for k in 0 .. cycle - 1 {
    let a = (4*k + 2)/(2*k + 3)
    u, v = a*(u + tau*F(u)) + (1 - a)*v, u
  }
}

# Fast explicit diffusion: one step is a cycle of explicit ones with varying
# sizes and covers (cycle^2 + cycle)/3*tau, where tau is the largest stable step.
# Many of them are unstable by themselves. Their order is that of multiples of the
# golden section modulo 1, which spreads large and small ones so evenly that
# rounding errors grow by some thousand for 100 steps. What R freezes is held over
# a cycle.
scheme fed(R, tau, cycle = 10): u -> {
  require is_count(cycle, 1), "cycle must be an integer of 1 or more"
  let F = hold(R, u)
  let section = (sqrt(5) - 1)/2
  let place = k -> (k + 1/2)*section - floor((k + 1/2)*section)
  for k in 0 .. cycle - 1 {
    var i = 0.0
    for j in 0 .. cycle - 1 {
      i = if place(j) < place(k) then i + 1 else i
    }
    let c = cos(pi*(2*i + 1)/(4*cycle + 2))
    u = u + tau/(2*c^2)*F(u)
  }
}

# Runge-Kutta-Legendre, of first order, with `stages` stages: stable for
# tau <= (stages^2 + stages)/2 times the largest stable explicit step.
scheme rkl1(R, tau, stages = 5): u -> {
  require is_count(stages, 1), "stages must be an integer of 1 or more"
  let F = hold(R, u)
  let s = 2*tau/(stages^2 + stages)
  var v = u
  u = u + s*F(u)
  for j in 2 .. stages {
    let a = (2*j - 1)/j
    u, v = a*(u + s*F(u)) + (1 - a)*v, u
  }
}

# The same of second order: stable for tau <= (stages^2 + stages - 2)/4 times
# the largest stable explicit step; stages >= 2.
scheme rkl2(R, tau, stages = 5): u -> {
  require is_count(stages, 2), "stages must be an integer of 2 or more"
  let w = 4/(stages^2 + stages - 2)
  let b = j -> if j < 2 then 1/3 else (j^2 + j - 2)/(2*j*(j + 1))
  let start = u
  let rate = R(u)
  var v = u
  u = u + w/3*tau*rate
  for j in 2 .. stages {
    let mu = (2*j - 1)/j*b(j)/b(j - 1)
    let nu = -(j - 1)/j*b(j)/b(j - 2)
    let m = mu*w
    let g = -(1 - b(j - 1))*m
    u, v = mu*u + nu*v + (1 - mu - nu)*start + m*tau*R(u) + g*tau*rate, u
  }
}

# Nesterov's accelerated gradient descent for R = -gradient, restarted after each
# cycle: first extrapolate, then step.
scheme nesterov(R, tau, cycle = 20): u -> {
  require is_count(cycle, 1), "cycle must be an integer of 1 or more"
  let F = hold(R, u)
  var v = u
  for k in 0 .. cycle - 1 {
    let y = u + k/(k + 3)*(u - v)
    u, v = y + tau*F(y), u
  }
}
