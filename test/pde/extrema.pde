# RUN: %pdec %s --emit pde | FileCheck %s
# min and max are a comparison and a selection, the same in every lane.

# CHECK: pde.map (%[[A:.*]] = {{.*}}, %[[B:.*]] = {{.*}}) ->
# CHECK-NEXT: %[[LESS:.*]] = arith.cmpf olt, %[[A]], %[[B]]
# CHECK-NEXT: arith.select %[[LESS]], %[[A]], %[[B]]
# CHECK: pde.map (%[[A:.*]] = {{.*}}, %[[B:.*]] = {{.*}}) ->
# CHECK-NEXT: %[[MORE:.*]] = arith.cmpf ogt, %[[A]], %[[B]]
# CHECK-NEXT: arith.select %[[MORE]], %[[A]], %[[B]]
grid X : 1d, boundary periodic
input f on X
input g on X
output a = min(f, g), b = max(f, g)
