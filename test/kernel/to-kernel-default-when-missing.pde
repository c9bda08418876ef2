# RUN: %pdec %s --emit pde | %pde-opt --pde-to-kernel | FileCheck %s
# A default is computed only when no data were given; every field is freed.

# CHECK: %[[GIVEN:.*]] = call @pde_read_input
# CHECK: %[[MISSING:.*]] = llvm.icmp "eq" %[[GIVEN]]
# CHECK: %[[F:.*]] = scf.if %[[MISSING]]
# CHECK: %[[MADE:.*]] = func.call @pde_alloc
# CHECK: func.call @pde_parallel
# CHECK: func.call @pde_note_input(%{{.*}}, %{{.*}}, %[[MADE]])
# CHECK: scf.yield %[[MADE]]
# CHECK: } else {
# CHECK-NEXT: scf.yield %[[GIVEN]]
# CHECK: call @pde_write_output(%{{.*}}, %{{.*}}, %[[F]])
# CHECK: call @pde_free(%{{.*}}, %[[F]])
# CHECK: return
grid X : 1d, boundary reflecting, size 8
input f on X = noise(1)
output u = f
