# A flux that is not zero between cells that are alike flows away from one wall
# and up at the other: zero does not stay zero.
# RUN: pdec check %s | FileCheck %s --implicit-check-not="norm of" --implicit-check-not=between
# RUN: pdec run %s | FileCheck %s --check-prefix=VALUES
# CHECK: {{[0-9]+}}:1: u
# CHECK-NEXT: proved: two solutions u never move apart
# CHECK: {{[0-9]+}}:1: v
# CHECK-NEXT: proved: two solutions v never move apart
# VALUES: {{^}}u on X (8 cells): min -0.125
# VALUES-NEXT: {{^}}v on X (8 cells): min -0.122
grid X : 1d, boundary reflecting, size 8
param tau = 0.1
input f on X = 0
let D = forward(x)
evolve u from f by explicit(u -> -D'(max(D(u) + 0.3, 0)), tau) for 5 steps
evolve v from f by explicit(u -> -D'(tanh(D(u) + 0.3)), tau) for 5 steps
output u, v
