# RUN: %pdec %s --emit pde | %pde-opt --pde-to-kernel=vector-bytes=32 | FileCheck %s
# A block goes row by row. Of a row in the interior all but the cells at the sides
# are whole vectors and one under a mask; rows at the boundary follow its rule
# along the first axis in vectors as well. Cells at the sides are computed one by
# one. All is read in place.

# CHECK-LABEL: func.func private @sweep0
# CHECK-NOT: memcpy
# CHECK: scf.for
# CHECK: scf.if
# Whole vectors:
# CHECK: scf.for
# CHECK-COUNT-5: llvm.load {{.*}} : !llvm.ptr -> vector<4xf64>
# CHECK: llvm.store {{.*}} : vector<4xf64>
# CHECK: }
# The rest:
# CHECK: scf.if
# CHECK-COUNT-5: llvm.intr.masked.load
# CHECK: llvm.intr.masked.store
# CHECK: } else {
# Rows at the boundary:
# CHECK: scf.for
# CHECK: arith.select
# CHECK: llvm.intr.masked.store
# CHECK: }
# Cells at the sides:
# CHECK: scf.for
# CHECK: arith.select
# CHECK: llvm.store {{.*}} : f64, !llvm.ptr
# CHECK: return
grid X : 2d, boundary reflecting
input f on X
output u = laplace(f)
