# A scheme that the library does not have: Adams and Bashforth's of third order
# reads the rates of two earlier levels
grid X : 1d, boundary periodic, extent [0, 1], size 128

param tau = 0.002 where 0 < tau <= 0.005, n = 250 where n >= 0

input f on X = exp(sin(2*pi*x))

fun R(u) = -central(x)(u)

scheme adams_bashforth(R, tau): u, k1, k2 -> {
  let k = R(u)
  u, k1, k2 = u + tau/12*(23*k - 16*k1 + 5*k2), k, k1
}

# The first two rates from two Runge-Kutta steps
let one = rk4(R, tau)(f)
let two = rk4(R, tau)(one)
evolve u, k1, k2 from two, R(one), R(f) by adams_bashforth(R, tau) for n steps
output u
