# RUN: %pdec %s --emit tiles | FileCheck %s
# Between its steps a tile goes to and fro between two buffers of its own; the first
# step reads the field, the last one writes it. Its boxes shrink by the rows that
# the steps after them do not need any more, and end at the sides.

# CHECK: kernel.call @sweep0(
# CHECK: func.func private @sweep0(%[[T:.*]]: i64, %[[S:.*]]: !llvm.ptr, %[[N:.*]]: i64, %{{.*}}: i64, %[[STEPS:.*]]: i64, %{{.*}}: i64, %[[U:.*]]: !llvm.ptr, %[[V:.*]]: !llvm.ptr)
# CHECK-SAME: kernel.tile = #kernel.tile<[1792] steps 56 scratch 32640>
# CHECK: %[[BUFFERS:.*]] = llvm.getelementptr %[[S]]
# CHECK: scf.for %[[K:.*]] = %{{.*}} to %[[STEPS]]
# CHECK: %[[LAST:.*]] = arith.cmpi eq, %[[K]]
# CHECK: arith.remui %{{.*}}, %c2
# CHECK: %[[ONE:.*]] = llvm.getelementptr %[[BUFFERS]]
# CHECK: %[[FIRST:.*]] = arith.cmpi sle, %[[K]]
# CHECK: %[[OLD:.*]] = arith.select %[[FIRST]], %[[U]], %[[ONE]]
# CHECK: %[[IN:.*]] = kernel.memory %[[OLD]] : <@X, f64>
# CHECK: arith.remui %{{.*}}, %c2
# CHECK: %[[OTHER:.*]] = llvm.getelementptr %[[BUFFERS]]
# CHECK: %[[NEW:.*]] = arith.select %[[LAST]], %[[V]], %[[OTHER]]
# CHECK: %[[OUT:.*]] = kernel.memory %[[NEW]] : <@X, f64>
# CHECK: kernel.box from {{.*}} of [%[[N]]] reads (%[[A:.*]] = %[[IN]] : {{.*}}) writes (%[[OUT]] : {{.*}}) attributes {boundary = #kernel.rows<1 : 1>} {
# CHECK: pde.apply %{{.*}}, %[[A]]
# CHECK-NOT: kernel.box
grid X : 1d, boundary reflecting
input f on X
evolve u from f by u -> u + 0.2*d2(x)(u) for 9 steps
output u
