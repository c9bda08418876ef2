# A dam breaks: the shallow-water equations of the depth h and the momentum m,
# h_t + m_x = 0 and m_t + (m^2/h + g*h^2/2)_x = 0, with the fluxes of Harten, Lax
# and van Leer. Steps adapt to the fastest wave; the last one ends at T.
grid X : 1d, boundary reflecting, extent [0, 50], size 250

param g = 9.81 where g > 0, T = 2.5 where T >= 0, cfl = 0.9 where 0 < cfl < 1

input depth on X = if x < 25 then 2 else 1

fun flux(h, m) = [m, m^2/h + g*h^2/2]
fun rate(h, m) = {
  let low = [h, m]
  let high = stencil(x, [1], from = 1)(low)
  let k, n = high
  let slow = min(m/h - sqrt(g*h), n/k - sqrt(g*k))
  let fast = max(m/h + sqrt(g*h), n/k + sqrt(g*k))
  return -backward(x)(hll(low, high, flux(low), flux(high), slow, fast))
}
scheme step(T): h, m, t -> {
  let s = min(T - t, cfl*spacing(x)/max(abs(m/h) + sqrt(g*h)))
  h, m = [h, m] + s*rate(h, m)
  t = t + s
}
evolve h, m, t from depth, 0*depth, 0 by step(T) until t >= T
output h, speed = m/h
