# An equation's left side may be any expression with a new name in it: the same
# as with a function of that name, at the top and in a step.
# RUN: pdec run %s | FileCheck %s
# CHECK: {{^}}apart: 0{{$}}
# CHECK: {{^}}steps_apart: 0{{$}}
# CHECK: {{^}}slopes_apart: 0{{$}}
# CHECK: {{^}}rest: {{[0-9.]+}}e-1
grid X : 1d, boundary low dirichlet 0.5, high reflecting, extent [0, 1], size 20
param tau = 0.01, k = 3.0
input f on X = x^2
fun A(u) = k*u - laplace(u)/10 + x*u
solve A(u) = f by cg() until residual < 1e-12, at most 100
solve k*v - laplace(v)/10 + x*v = f by cg() until residual < 1e-12, at most 100
scheme named(R): u -> {
  let M = w -> w - tau*R(w)
  solve M(w) = u from u by cg() until residual < 1e-12, at most 100
  u = 2*w - u
}
scheme written(R): u -> {
  solve w - tau*R(w) = u from u by cg() until residual < 1e-12, at most 100
  u = 2*w - u
}
evolve a from f by named(laplace) for 3 steps
evolve b from f by written(laplace) for 3 steps
let p = gradient(sum(u), k), q = gradient(sum(v), k)
output apart = norm_max(u - v), steps_apart = norm_max(a - b),
    slopes_apart = abs(p - q), rest = norm_max(3*v - laplace(v)/10 + x*v - f)
