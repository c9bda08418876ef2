# RUN: %pdec %s --emit tiles --tiles 64:5 | FileCheck %s
# A field that is the level before of another one is nowhere computed: a step finds
# it where the other's lies, for which that has one buffer more, and the last step
# alone copies it.

# CHECK: func.func private @sweep0(%{{.*}}: i64, %[[S:.*]]: !llvm.ptr, %{{.*}}: i64, %{{.*}}: i64, %[[STEPS:.*]]: i64, %{{.*}}: i64, %[[U:.*]]: !llvm.ptr, %[[V:.*]]: !llvm.ptr, %[[U1:.*]]: !llvm.ptr, %[[V1:.*]]: !llvm.ptr)
# CHECK: scf.for %[[K:.*]] = %{{.*}} to %[[STEPS]]
# CHECK: %[[LAST:.*]] = arith.cmpi eq, %[[K]]
# CHECK: arith.remui %{{.*}}, %c3
# CHECK: arith.select %{{.*}}, %[[U]], %[[OLD:.*]] : !llvm.ptr
# CHECK: kernel.memory
# CHECK: %[[OTHER:.*]] = arith.select %{{.*}}, %[[U]], %{{.*}} : !llvm.ptr
# CHECK: %[[FIRST:.*]] = arith.cmpi sle, %[[K]]
# CHECK: %[[BEFORE:.*]] = arith.select %[[FIRST]], %[[V]], %[[OTHER]] : !llvm.ptr
# CHECK: kernel.memory %[[BEFORE]]
# CHECK: %[[COPY:.*]] = kernel.memory %[[V1]]
# CHECK: kernel.box
# CHECK: scf.if %[[LAST]]
# CHECK: kernel.box {{.*}} writes (%[[COPY]] :
grid X : 1d, boundary reflecting
input f on X
evolve u, v from f, f by (u, v) -> [2*u - v + 0.1*d2(x)(u), u] for 9 steps
output u
