# RUN: pdec %s --emit ast | FileCheck %s
# No number ends with a point, so that a range needs no blanks.

# CHECK: number .5
# CHECK: number 1e-3
# CHECK: number 2.5E+7
let a = [.5, 1e-3, 2.5E+7]

# CHECK: for k
# CHECK-NEXT: first
# CHECK-NEXT:   number 0
# CHECK-NEXT: last
# CHECK-NEXT:   number 9
scheme s: u -> { for k in 0..9 { u = 2*u } }
