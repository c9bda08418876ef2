# RUN: %pdec %s --emit raised | FileCheck %s
# RUN: %pdec verify %s | FileCheck %s --check-prefix=SAME
# Where a field goes on beyond the sides, its operator needs no pad, and no layer
# tells the rule. It is said again as the scheme does.
# CHECK: pde.apply %{{.*}}, %{{.*}} outside(%{{.*}}, %{{.*}} : f64, f64) : <1>, <@X, f64, [1], [1]> -> <@X, f64>
# SAME: f64, as written: {{.*}} raised to the same scheme
# SAME: f64, boundary reflecting: {{.*}} raised to the same scheme
grid X : 1d, boundary dirichlet 0, size 20
input f on X = x*x
input a on X, boundary reflecting = x + 1
output u = d2(x)(a*f)
