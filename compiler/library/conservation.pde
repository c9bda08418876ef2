# Conservation laws u_t + f(u)_x = 0 and level sets, where solutions have jumps
# and kinks.

# Limiters: a slope between two differences, 0 at extrema.
fun minmod(a, b) = if a*b > 0 then if abs(a) < abs(b) then a else b else 0
fun van_leer(a, b) = if a*b > 0 then 2*a*b/(if a*b > 0 then a + b else 1) else 0
fun monotonized(a, b) = minmod(minmod(2*a, 2*b), (a + b)/2)
fun superbee(a, b) = {
  let p = minmod(2*a, b), q = minmod(a, 2*b)
  return if abs(p) > abs(q) then p else q
}

# Rusanov's flux between two states; no wave is faster than `speed`.
fun rusanov(f, speed, low, high) = (f(low) + f(high) - speed*(high - low))/2

# The flux of Harten, Lax and van Leer between two states with their fluxes, of
# which waves go out with the speeds from `slow` to `fast`; also of lists.
fun hll(low, high, f_low, f_high, slow, fast) = {
  let s = min(slow, 0), t = max(fast, 0)
  let width = if t - s > 0 then t - s else 1
  return (t*f_low - s*f_high + (s*t)*(high - low))/width
}

# f(u)_x along an axis by van Leer's MUSCL, of second order, with Rusanov's flux.
fun muscl(axis, f, speed, u, limiter = van_leer) = {
  let at = k -> stencil(axis, [1], from = k)(u)
  let slope = k -> limiter(at(k) - at(k - 1), at(k + 1) - at(k))
  let flux = k -> rusanov(
          f, speed, at(k) + slope(k)/2, at(k + 1) - slope(k + 1)/2)
  return (flux(0) - flux(-1))/spacing(axis)
}

# The value between c and d, of fifth order: three parabolas, weighted by how
# smooth they are (Jiang and Shu, 1996).
fun weno5_value(a, b, c, d, e) = {
  let p = (2*a - 7*b + 11*c)/6
  let q = (5*c - b + 2*d)/6
  let r = (2*c + 5*d - e)/6
  let bend = (a, b, c) -> 13/12*(a - 2*b + c)^2
  let wp = 1/(1e-6 + bend(a, b, c) + (a - 4*b + 3*c)^2/4)^2
  let wq = 6/(1e-6 + bend(b, c, d) + (b - d)^2/4)^2
  let wr = 3/(1e-6 + bend(c, d, e) + (3*c - 4*d + e)^2/4)^2
  return (wp*p + wq*q + wr*r)/(wp + wq + wr)
}

# f(u)_x along an axis by WENO, of fifth order, with Lax and Friedrichs' parts of
# the flux; no wave is faster than `speed`.
fun weno5(axis, f, speed, u) = {
  let at = k -> stencil(axis, [1], from = k)(u)
  let up = k -> (f(at(k)) + speed*at(k))/2
  let down = k -> (f(at(k)) - speed*at(k))/2
  let flux = k -> {
    let from_low = weno5_value(
            up(k - 2), up(k - 1), up(k), up(k + 1), up(k + 2))
    let from_high = weno5_value(
            down(k + 3), down(k + 2), down(k + 1), down(k), down(k - 1))
    return from_low + from_high
  }
  return (flux(0) - flux(-1))/spacing(axis)
}

# The square of u_x along an axis against the motion of a front that moves with
# the speed v towards larger u (Godunov): u_t + v*|grad u| = 0 with
# sqrt(godunov(x, v, u) + godunov(y, v, u)) as the norm.
fun godunov(axis, v, u) = {
  let p = backward(axis)(u), q = forward(axis)(u)
  let out = max(max(p, 0), max(-q, 0))
  let back = max(max(-p, 0), max(q, 0))
  return if v > 0 then out^2 else back^2
}
