# Weights that a loop takes from an array, with their derivative and a direction.
#
# RUN: pdec verify %s | FileCheck %s
# CHECK: f64, as written: proved on
# CHECK: f32, boundary dirichlet 0: proved on
grid X : 1d, boundary reflecting, size 12
param W : real[2, 3] = (k, i) -> 0.1*(k + 1) - 0.15*i where W <= 3, k0 = 0
input f on X = step(x - 5)
input g on X = 0
fun net(u0) = {
  var u = u0
  for k in 0 .. 1 {
    let K = stencil(x, W[k])
    u = u - K'(K(u)/(1 + K(u)^2))
  }
  return u
}
let J = norm(net(f) - g)^2 + W[k0, 1]
output by_W = gradient(J, W), J, along = derivative(J, W, 0.5*W)
