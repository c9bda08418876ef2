# A step whose length follows limit(R) is proved whatever an array holds, if it is
# a step of that R.

# RUN: pdec check %s | FileCheck %s
# CHECK: u1
# CHECK-NEXT: proved: the Euclidean norm of u1 never grows
# CHECK: for all values that parameters may have, on grids of any size
# CHECK: u2
# CHECK-NEXT: proved: the Euclidean norm of u2 never grows
# CHECK: u3
# CHECK-NEXT: nothing is proved about growth: it has numbers from the array 'W'
# CHECK: u4
# CHECK-NEXT: proved: the Euclidean norm of u4 never grows
# CHECK: u5
# CHECK-NEXT: nothing is proved about growth
# CHECK: u6
# CHECK-NEXT: nothing is proved about growth
# CHECK: u7
# CHECK-NEXT: nothing is proved about growth
# CHECK: u8
# CHECK-NEXT: nothing is proved about growth

grid X : 1d, boundary reflecting, size 64
param W : real[2, 5] = glorot(5,5,1), a : real[2] = 0.1 where a >= 0, s = 0.7 where 0 <= s <= 1, t = 1
input f on X = noise(1)
fun R(u, c) = {
  var r = 0*u
  for k in 0 .. 1 {
    let K = stencil(x, W[k])
    let z = K(u)
    r = r - K'(c*a[k]*z*exp(-z^2))
  }
  return r
}
fun one(u) = R(u, 1)
fun two(u) = R(u, 2)
evolve u1 from f by explicit(one, limit(one)) for 2 steps
evolve u2 from f by explicit(one, s*limit(one)) for 2 steps
evolve u3 from f by explicit(one, min(t, limit(one))) for 2 steps
evolve u4 from f by explicit(two, 0.5*limit(one)) for 2 steps
evolve u5 from f by explicit(one, 1.01*limit(one)) for 2 steps
evolve u6 from f by explicit(two, limit(one)) for 2 steps
evolve u7 from f by explicit(one, t*limit(one)) for 2 steps
evolve u8 from f by explicit(one, 0.3) for 2 steps
output u1, u2, u3, u4, u5, u6, u7, u8
