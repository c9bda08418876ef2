# RUN: cd %S && not pdec check loop-changes-shape.pde 2>&1 | diff loop-changes-shape.pde.expected -
grid Z : 1d, boundary dirichlet 0, size 64
input f on Z
let D = forward(x)
scheme s: u -> {
  var v = D(u)
  for k in 1 .. 3 {
    v = v + u
  }
  u = u + D'(v)
}
evolve u from f by s for 5 steps
output u
