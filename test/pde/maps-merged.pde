# RUN: %pdec %s --emit pde | FileCheck %s
# Pointwise operations in a row are one map; operators separate maps.

# CHECK: %[[BEFORE:.*]] = pde.map
# CHECK-NEXT: arith.mulf
# CHECK-NEXT: arith.addf
# CHECK-NEXT: pde.yield
# CHECK: %[[D:.*]] = pde.apply %{{.*}}, %[[BEFORE]]
# CHECK: pde.map ({{.*}} = %[[D]] :
# CHECK-NEXT: arith.mulf
# CHECK-NEXT: arith.subf
# CHECK-NEXT: pde.yield
# CHECK-NOT: pde.map
grid X : 1d, boundary periodic
input f on X
output u = d2(x)(2*f + 1)*3 - f
