# RUN: pdec %s --emit program | FileCheck %s
# A script's name hides the library's; a function sees what stood above it, and
# parameters wherever they stand. A field may be evolved again.
grid X : 1d
input f on X
fun relu(s) = scale*s
param scale = 2.0
let a = 3
scheme s: u -> a*relu(u)

# CHECK: [[FIRST:%.*]] = evolve 2 times (u : real on X = f) {
# CHECK-NEXT: [[SCALED:%.*]] = mul scale, [[FIRST]].u : real on X
# CHECK-NEXT: mul 3.0, [[SCALED]] : real on X
evolve u from f by s for 2 steps
# CHECK: [[SECOND:%.*]] = evolve 1 times (u : real on X = [[FIRST]]) {
evolve u from u by u -> u + 1 for 1 steps
# CHECK: output u = [[SECOND]]
output u
