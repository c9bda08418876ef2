# A tube of gas whose two halves have different pressures until the wall between
# them is taken away (Sod): a shock runs to the right, behind it the contact of
# hot and cold gas, and to the left a rarefaction. Euler's equations of density u,
# momentum m and energy e, with the fluxes of Harten, Lax and van Leer.
grid X : 1d, boundary reflecting, extent [0, 1], size 100

param T = 0.2 where T > 0, cfl = 0.9 where 0 < cfl < 1

input density on X = if x < 0.5 then 1 else 0.125
input force on X = if x < 0.5 then 1 else 0.1

fun pressure(u, m, e) = 0.4*(e - m^2/(2*u))
fun sound(u, m, e) = sqrt(1.4*pressure(u, m, e)/u)
fun flux(u, m, e) = {
  let p = pressure(u, m, e)
  return [m, m^2/u + p, (e + p)*m/u]
}
fun rate(u, m, e) = {
  let low = [u, m, e]
  let high = stencil(x, [1], from = 1)(low)
  let v, m1, e1 = high
  let slow = min(m/u - sound(u, m, e), m1/v - sound(v, m1, e1))
  let fast = max(m/u + sound(u, m, e), m1/v + sound(v, m1, e1))
  return -backward(x)(hll(low, high, flux(low), flux(high), slow, fast))
}
scheme step(T): u, m, e, t -> {
  let tau = cfl*spacing(x)/max(abs(m/u) + sound(u, m, e))
  let s = min(tau, T - t)
  u, m, e = [u, m, e] + s*rate(u, m, e)
  t = t + s
}
evolve u, m, e, t from density, 0*density, 2.5*force, 0 by step(T) until t >= T
output u, speed = m/u, p = pressure(u, m, e)
