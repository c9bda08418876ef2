# RUN: %pdec %s --emit plan | FileCheck %s
# A loop that carries a number, here the time, makes single steps.

# CHECK: pde.steps {{.*}} carry (%{{.*}} : !pde.field<@X, f64>, %{{.*}} : f64)
# CHECK-NOT: steps {{[0-9]}}
# CHECK: pde.output
grid X : 1d
input f on X
fun heat(u0) = {
  var u = u0
  var t = 0.0
  for k in 1 .. 9 {
    u, t = u + 0.1*sin(t)*d2(x)(u), t + 0.1
  }
  return u
}
output u = heat(f)
