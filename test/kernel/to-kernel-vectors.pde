# RUN: %pdec %s --emit pde | %pde-opt --pde-to-kernel=vector-bytes=32 | FileCheck %s
# Rows that the boundary rule reaches are computed one by one, all others in whole
# vectors and one masked one, by the same operations in the same order.

# CHECK: func.func private @sweep0(%{{.*}}: !llvm.ptr, %{{.*}}: i64, %{{.*}}: i64, %{{.*}}: !llvm.ptr) {
# Whole vectors, without a mask:
# CHECK: scf.for
# CHECK-NOT: masked
# CHECK: %[[T:.*]] = arith.mulf %{{.*}} : vector<4xf64>
# CHECK-NEXT: %[[A:.*]] = arith.addf %{{.*}}, %[[T]] : vector<4xf64>
# CHECK: %[[B:.*]] = arith.addf %[[A]], %{{.*}} : vector<4xf64>
# CHECK: llvm.store {{.*}} : vector<4xf64>, !llvm.ptr
# CHECK: }
# The rest, under a mask:
# CHECK: scf.if
# CHECK: %[[M:.*]] = vector.create_mask
# CHECK: llvm.intr.masked.load %{{.*}}, %[[M]],
# CHECK: %[[T:.*]] = arith.mulf %{{.*}} : vector<4xf64>
# CHECK-NEXT: %[[A:.*]] = arith.addf %{{.*}}, %[[T]] : vector<4xf64>
# CHECK: %[[B:.*]] = arith.addf %[[A]], %{{.*}} : vector<4xf64>
# CHECK: llvm.intr.masked.store %[[B]], %{{.*}}, %[[M]]
# Boundary rows:
# CHECK: scf.for
# CHECK: llvm.load {{.*}} : !llvm.ptr -> f64
# CHECK: arith.addf {{.*}} : f64
# CHECK: llvm.store {{.*}} : f64, !llvm.ptr
# CHECK: }
# CHECK: return
grid X : 1d, boundary reflecting
input f on X
output u = d2(x)(f)
