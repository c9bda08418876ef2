# RUN: %pdec %s --emit pde | %pde-opt --pde-to-kernel=vector-bytes=32 | FileCheck %s
# A tile of a periodic grid is copied with its surroundings, round by round of the
# circle. Then no row is at a boundary: no scalar loop computes anything.

# CHECK-LABEL: func.func private @sweep0
# CHECK: %[[R:.*]] = arith.remsi
# CHECK: %[[S:.*]] = arith.addi %[[R]],
# CHECK: %[[T:.*]] = arith.remsi %[[S]],
# CHECK: %[[ROUND:.*]] = arith.subi %{{.*}}, %[[T]]
# CHECK: scf.for %{{.*}} = %[[ROUND]] to
# CHECK: "llvm.intr.memcpy"
# CHECK-NOT: arith.addf {{.*}} : f64
# CHECK: arith.addf {{.*}} : vector<4xf64>
# CHECK-NOT: arith.addf {{.*}} : f64
# CHECK: return
grid X : 1d, boundary periodic
input f on X
output u = d2(x)(f)
