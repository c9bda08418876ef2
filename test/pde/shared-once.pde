# RUN: %pdec %s --emit pde | FileCheck %s
# What a script uses twice is computed once, also across outputs.

# CHECK: %[[S:.*]] = pde.map
# CHECK-NEXT: pde.exp
# CHECK-NOT: pde.exp
# CHECK: %[[D:.*]] = pde.apply %{{.*}}, %[[S]]
# CHECK-NOT: pde.apply
# CHECK: pde.map ({{.*}} = %[[D]] : {{.*}}, {{.*}} = %[[S]] :
# CHECK: pde.map ({{.*}} = %[[D]] : {{.*}}, {{.*}} = %[[S]] :
grid X : 1d, boundary periodic
input f on X
let s = exp(f)
let d = d2(x)(s)
output u = d*d + s, v = d - s
