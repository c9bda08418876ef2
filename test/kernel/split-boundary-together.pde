# RUN: %pdec %s --emit rows --tiles 8x64:5 | FileCheck %s
# Interior rows are computed two at a time; one that is alone, or next to a side, by
# itself. Both rows' ends come after them.

# CHECK: scf.for
# CHECK: scf.for
# CHECK: scf.for %[[ROW:.*]] = %{{.*}} to %[[END:.*]] step %c2
# CHECK: %[[BEHIND:.*]] = arith.addi %[[ROW]], %c2
# CHECK: arith.cmpi sle, %[[BEHIND]], %[[END]]
# CHECK: scf.if
# CHECK-NEXT: kernel.row interior at [%[[ROW]]] {{.*}} attributes {rows = 2 : i64}
# CHECK: } else {
# CHECK: scf.for %[[ONE:.*]] = %[[ROW]] to
# CHECK-NEXT: kernel.row edge at [%[[ONE]]]
# CHECK: scf.for %[[ONE:.*]] = %[[ROW]] to
# CHECK-NEXT: kernel.row sides at [%[[ONE]]]
grid X : 2d, boundary reflecting
input f on X
evolve u from f by u -> u + 0.2*laplace(u) for 9 steps
output u
