# Operators between lists of fields: of one array, with a counter, along one axis,
# around circles and at sides with values.
#
# RUN: pdec verify %s | FileCheck %s
# CHECK: f64, as written: proved on
# CHECK: f32, boundary dirichlet 0: proved on
grid X : 2d, boundary x periodic, y low dirichlet 1, y high neumann 0.5, size [6, 7]
param W : real[2, 2, 2, 2, 3] = (k, o, i, m, n) -> 0.3*noise(3),
      V : real[2, 2, 3] = (o, i, m) -> 0.3*noise(4), b : real[2, 2] = 0.1
input f on X = noise(1)
input g on X = noise(2)
fun network(f, g) = {
  var u = [f, g]
  for k in 0 .. 0 {
    let K = stencil(X, W[k])
    u = u - 0.1*K'(sin(K(u) + b[k]))
  }
  return u
}
let u = network(f, g)
let L = stencil(x, V)
output a = u[0], c = L(u)[1]
