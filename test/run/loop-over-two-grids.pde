# RUN: %pdec verify %s
# RUN: %pdec run %s --output v=%t.csv
# RUN: FileCheck %s --input-file %t.csv
# A loop may carry fields of different grids and sizes.

# The second difference of the positions is zero but at the ends.
# CHECK: 1.5
# CHECK-NEXT: 1.5
# CHECK-NEXT: 2.5
# CHECK-NEXT: 3.5
# CHECK-NEXT: 3.5
grid X : 1d, boundary reflecting, size 3
grid Y : 1d, boundary reflecting, size 5
input f on X = X.x
input g on Y = Y.x
param n = 1
fun second(a, b) = {
  var u = a
  var v = b
  for k in 1 .. n {
    u, v = u + d2(X.x)(u), v + d2(Y.x)(v)
  }
  return v
}
output v = second(f, g)
