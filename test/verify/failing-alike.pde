# Runs that fail are the same in both forms too: this scheme is unstable.
# RUN: pdec verify %s --precision f64 | FileCheck %s
# CHECK: f64, as written: proved on {{.*}} pairs of runs failed alike
grid X : 1d, boundary periodic, size 64
input f on X
let D = forward(x)
fun R(u) = -D'(D(u)*D(u)*D(u))
evolve u from f by explicit(R, 3.9) for 60 steps
output u
