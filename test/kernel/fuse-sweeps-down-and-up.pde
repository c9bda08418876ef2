# A field that goes to the coarser grid and comes back, and is an output too: the
# coarser field is complete before the finer one reads it.
#
# RUN: pdec %s --emit plan | FileCheck %s
# CHECK: %{{[0-9]+}}:2 = pde.sweep {{.*}} -> (!pde.field<@X, f64>, !pde.field<@X.1, f64>)
# CHECK: pde.restrict
# CHECK-NOT: pde.prolong
# CHECK: pde.sweep {{.*}} -> !pde.field<@X, f64>
# CHECK: pde.prolong
#
# RUN: pdec run %s | FileCheck %s --check-prefix=VALUES
# The coarser cell has (1/3 + 2/6 + 1/11)/4; of that the middle cell has all, its
# neighbours a half, and corners a quarter.
# VALUES: {{^}}e on X (3 x 3 cells): min 0.0473484848, max 0.189393939, mean 0.0841750842
grid X : 2d, boundary dirichlet 0, size 3
param p = 0.0
let s on X = 1/(2 + (x + p)^2)
output e = prolong(abs(restrict(s))), s
