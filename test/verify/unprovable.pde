# RUN: pdec verify %s --precision f64 | FileCheck %s
# The number of steps depends on a real parameter: a run on symbols cannot count.
# CHECK: f64, as written: not proved on 1, 4 and 43 cells, because an integer depends on the data; {{.*}} the same to the bit
grid X : 1d, boundary reflecting, size 20
param a = 0.5
input f on X = x
fun count(t) = {
  var i = 0
  for j in 0 .. 5 {
    i = if j*a < t then i + 1 else i
  }
  return i
}
evolve u from f by u -> u + 0.1*d2(x)(u) for count(1.2) steps
output u
