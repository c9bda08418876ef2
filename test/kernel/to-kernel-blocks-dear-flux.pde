# RUN: %pdec %s --emit pde | %pde-opt --pde-to-kernel=vector-bytes=32 | FileCheck %s
# The fluxes along both axes have a factor in common. They go to scratch memory
# together, so that the exponential is computed once a cell: in whole vectors, in
# the rest, in rows and in cells at the boundary.

# CHECK-LABEL: func.func private @sweep0
# CHECK: pde.exp {{.*}} : vector<4xf64>
# CHECK: pde.exp {{.*}} : vector<4xf64>
# CHECK: pde.exp {{.*}} : vector<4xf64>
# CHECK: pde.exp {{.*}} : f64
# CHECK-NOT: pde.exp
# CHECK: return
grid X : 2d, boundary reflecting
input f on X
fun step(u) = {
  let p = forward(x)(u)
  let q = forward(y)(u)
  let g = exp(-(p^2 + q^2))
  return u - 0.1*(forward(x)'(g*p) + forward(y)'(g*q))
}
output u = step(f)
