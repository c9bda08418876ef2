# RUN: pdec %s --emit net | FileCheck %s
# RUN: pdec %s --emit raised | FileCheck %s --check-prefix=RAISED
# Sums along an axis pool lines; where they meet a field with this axis, they are
# spread to as many cells as its grid has.
grid X : 2d, boundary reflecting
input f on X
output u = f - sum(f, x), v = cumsum(f, y)
# CHECK: pde.grid @X.y {{.*}}"x" : reflecting, reflecting, 1>{{.*}} coarsens @X
# CHECK: %[[F:.*]] = net.input "f" on @X
# CHECK-DAG: %[[N:.*]] = pde.size @X[0]
# CHECK-DAG: %[[S:.*]] = net.along sum %[[F]] axis 0 : tensor<?x?xf64>
# CHECK: %[[W:.*]] = net.along spread %[[S]] axis 0 to %[[N]] : tensor<?x?xf64>
# CHECK: net.subtract %[[F]], %[[W]]
# CHECK: net.along cumulate %[[F]] axis 1 : tensor<?x?xf64>
# RAISED: pde.along sum %{{.*}} axis 0 : <@X, f64> -> <@X.y, f64>
# RAISED: pde.along spread %{{.*}} axis 0 : <@X.y, f64> -> <@X, f64>
# RAISED: pde.along cumulate %{{.*}} axis 1 : <@X, f64> -> <@X, f64>
