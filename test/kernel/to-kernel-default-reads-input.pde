# RUN: %pdec %s --emit pde | %pde-opt --pde-to-kernel | FileCheck %s
# A field that only a default is computed from lives until the input is there.

# CHECK: %[[F:.*]] = call @pde_read_input(%{{.*}}, %c0_i32)
# CHECK-NOT: pde_free
# CHECK: %[[G:.*]] = call @pde_read_input(%{{.*}}, %c1_i32)
# CHECK-NOT: pde_free
# CHECK: llvm.store %[[F]],
# CHECK: call @pde_parallel
# CHECK: } else {
# CHECK: call @pde_free(%{{.*}}, %[[F]])
grid X : 1d, boundary reflecting
input f on X
input g on X = exp(f)
output u = g
