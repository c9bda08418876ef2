# RUN: pdec %s --emit program | FileCheck %s
# A loop carries the variables that it assigns, all at once.
grid X : 1d, boundary periodic
param n = 10, tau = 0.1 where tau > 0
input f on X

scheme fsi(R, tau, cycle = 20): u -> {
  var v = u
  for k in 0 .. cycle - 1 {
    let a = (4*k + 2)/(2*k + 3)
    u, v = a*(u + tau*R(u)) + (1 - a)*v, u
  }
}

# CHECK: [[U:%.*]] = evolve n times (u : real on X = f) {
# CHECK-NEXT: [[L:%.*]] = loop 20 times (u : real on X = [[U]].u, v : real on X = [[U]].u) {
# CHECK-NEXT: mul 4, [[L]].index : int
# CHECK: [[A:%.*]] = div {{%.*}}, {{%.*}} : real
# CHECK: [[OLD:%.*]] = mul {{%.*}}, [[L]].v : real on X
# CHECK-NEXT: [[NEW:%.*]] = add {{%.*}}, [[OLD]] : real on X
# CHECK-NEXT: yield [[NEW]], [[L]].u
# CHECK-NEXT: }
# CHECK-NEXT: yield [[L]].u
# CHECK-NEXT: }
evolve u from f by fsi(d2(x), tau) for n steps

# A number becomes a field, and an integer real, where the loop needs it; what
# the loop does not change stands before it.
# CHECK: [[ZERO:%.*]] = spread 0.0 : real on X
# CHECK: loop n times (w : real on X = [[ZERO]], c : real = 1.0) {
fun sums(f) = {
  var w = 0
  var c = 1
  for k in 1 .. n {
    w, c = w + c*f, c/2
  }
  return w
}
output u, w = sums(f)
