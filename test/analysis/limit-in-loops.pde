# Weights that a loop's counter makes are those of their own pass: 2/(4*(4 + 1)).

# RUN: pdec run %s | FileCheck %s
# CHECK: l: 0.099999999999

grid X : 1d, boundary periodic, size 64
input f on X = noise(1)
fun R(u) = {
  var r = 0*u
  for k in 0 .. 1 {
    let w = 2 - k
    let K = stencil(x, [-w, w])
    r = r - K'(K(u))
  }
  return r
}
output l = limit(R)
