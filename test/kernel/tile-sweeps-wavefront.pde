# RUN: %pdec %s --emit tiles --tiles 8x64:5 | FileCheck %s
# A tile of several axes goes over the rows of the first one, piece by piece, and at
# each through all steps, of which each is one row behind the one before. The
# levels between them are rings of four rows: three that a piece of two reads at
# each of its rows, and one more.

# CHECK: func.func private @sweep0(%[[T:.*]]: i64, %[[S:.*]]: !llvm.ptr, %[[N:.*]]: i64, %[[M:.*]]: i64, %{{.*}}: i64, %[[STEPS:.*]]: i64, %[[ROWS:.*]]: i64, %[[U:.*]]: !llvm.ptr, %[[V:.*]]: !llvm.ptr)
# 4 levels of 4 rows of 64 + 2*4 cells, and 2 at the sides
# CHECK-SAME: kernel.tile = #kernel.tile<[8, 64] steps 5 rows 2 scratch 10240>
# CHECK: arith.muli %{{.*}}, %[[ROWS]] : i64
# CHECK: scf.for %[[ROW:.*]] = %{{.*}} to %{{.*}} step %c2
# CHECK: scf.for %[[K:.*]] = %{{.*}} to %[[STEPS]]
# CHECK-NEXT: arith.subi %[[ROW]], %[[K]]
# CHECK: %[[FIRST:.*]] = arith.cmpi sle, %[[K]]
# CHECK: arith.select %[[FIRST]], %[[U]]
# CHECK: arith.select %[[FIRST]], %c-1{{.*}}, %c3
# CHECK: kernel.memory %{{.*}} strides(%{{.*}}) ring(%{{.*}}) : <@X, f64>
# CHECK: kernel.box {{.*}} attributes {boundary = #kernel.rows<1 : 1, 1 : 1>, rows = 2 : i64}
# CHECK-NOT: kernel.box
grid X : 2d, boundary reflecting
input f on X
evolve u from f by u -> u + 0.2*laplace(u) for 9 steps
output u
