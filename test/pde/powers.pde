# RUN: %pdec %s --emit pde | FileCheck %s
# Small constant powers are products, half powers square roots; the others are
# functions of our own.

# CHECK: pde.map (%[[A:.*]] = {{.*}}) ->
# CHECK-NEXT: %[[A2:.*]] = arith.mulf %[[A]], %[[A]]
# CHECK-NEXT: %[[A4:.*]] = arith.mulf %[[A2]], %[[A2]]
# CHECK-NEXT: arith.mulf %[[A]], %[[A4]]
# CHECK-NEXT: pde.yield
# CHECK: pde.output "fifth"

# CHECK: pde.map (%[[B:.*]] = {{.*}}) ->
# CHECK-NEXT: %[[B2:.*]] = arith.mulf %[[B]], %[[B]]
# CHECK-NEXT: arith.divf %{{.*}}, %[[B2]]
# CHECK: pde.output "inverse"

# CHECK: pde.map (%[[C:.*]] = {{.*}}) ->
# CHECK-NEXT: math.sqrt %[[C]]
# CHECK-NEXT: pde.yield
# CHECK: pde.output "root"

# CHECK: pde.map (%[[E:.*]] = {{.*}}) ->
# CHECK-NEXT: %[[ROOT:.*]] = pde.rsqrt %[[E]]
# CHECK-NEXT: arith.mulf %{{.*}}, %[[ROOT]]
# CHECK: pde.output "inverseRoot"

# CHECK: pde.pow
# CHECK: pde.output "free"
# CHECK: pde.pow
# CHECK: pde.output "large"
grid X : 1d, boundary periodic
param p = 0.3
input f on X
output fifth = f^5, inverse = f^-2, root = f^0.5, inverseRoot = f^-0.5,
       free = f^p, large = f^65
