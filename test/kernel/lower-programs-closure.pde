# RUN: %pdec %s --emit vectors | %pde-opt --pde-lower-programs | FileCheck %s
# What a call knows goes to the slots of a closure, one for each argument of the
# tiles' function, which reads it from there: sizes, first step, number of steps,
# rows of a tile, the result's memory, what the sweep reads.

# CHECK: func.func @run(
# CHECK-DAG: %[[A:.*]] = call @pde_get_real
# CHECK-DAG: %[[N:.*]] = call @pde_get_size
# CHECK-DAG: %[[C:.*]] = llvm.alloca %{{.*}} x i64
# CHECK-DAG: %[[SLOT0:.*]] = llvm.getelementptr %[[C]][0]
# CHECK: llvm.store %[[N]], %{{.*}} : i64
# CHECK: %[[SLOT6:.*]] = llvm.getelementptr %[[C]][6]
# CHECK-NEXT: llvm.store %[[A]], %[[SLOT6]] : f64
# CHECK: call @pde_parallel(%{{.*}}, %{{.*}}, %{{.*}}, %[[C]],
# CHECK: func.func private @sweep0(%[[CLOSURE:.*]]: !llvm.ptr, %[[TASK:.*]]: i64, %{{.*}}: i64, %[[SCRATCH:.*]]: !llvm.ptr) {
# CHECK: llvm.getelementptr %[[CLOSURE]][6]
# CHECK-NEXT: llvm.load %{{.*}} : !llvm.ptr -> f64
# CHECK: arith.muli %[[TASK]],
grid X : 1d, boundary reflecting
input f on X
param a = 2.0
output u = f*a
