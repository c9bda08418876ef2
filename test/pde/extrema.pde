# RUN: %pdec %s --emit pde | FileCheck %s
# min and max are those of IEEE 754-2019, in which the order does not matter.

# CHECK: pde.map (%[[A:.*]] = {{.*}}, %[[B:.*]] = {{.*}}) ->
# CHECK-NEXT: arith.minimumf %[[A]], %[[B]]
# CHECK: pde.map (%[[A:.*]] = {{.*}}, %[[B:.*]] = {{.*}}) ->
# CHECK-NEXT: arith.maximumf %[[A]], %[[B]]
grid X : 1d, boundary periodic
input f on X
input g on X
output a = min(f, g), b = max(f, g)
