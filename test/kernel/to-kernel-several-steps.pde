# RUN: %pdec %s --emit pde > %t.mlir
# RUN: %pde-opt %t.mlir --pde-to-kernel=max-steps=8 | FileCheck %s
# RUN: %pde-opt %t.mlir --pde-to-kernel=max-steps=1 | FileCheck %s --check-prefix=SINGLE
# A call of the tile function advances up to max-steps steps; the levels in memory
# change places after it. A run that is watched makes single steps, others look
# now and then whether all is finite; one that is resumed begins with what is restored to memory of the loop's own.

# CHECK: %[[N:.*]] = call @pde_get_int
# CHECK: %[[STATE:.*]] = call @pde_state_begin({{.*}}, %[[N]])
# CHECK: %[[DONE:.*]] = call @pde_state_first({{.*}}, %[[STATE]])
# CHECK: call @pde_reversal_restore({{.*}}, %[[STATE]], %c0_i32, %[[OWN:.*]], %{{.*}})
# CHECK: %[[GOESON:.*]] = arith.cmpi sgt, %[[DONE]], %c0_i64
# CHECK: %[[BEGIN:.*]] = arith.select %[[GOESON]], %[[OWN]], %{{.*}}
# CHECK: %[[WATCHED:.*]] = arith.cmpi ne, %{{.*}}, %c0_i32
# CHECK: scf.if %[[WATCHED]]
# CHECK: call @pde_watch({{.*}}, %c0_i64, %{{.*}})
# CHECK: %[[MOST:.*]] = arith.select %[[WATCHED]], %c1_i64, %c8_i64
# CHECK: scf.for %[[FIRST:.*]] = %[[DONE]] to %[[N]] step %[[MOST]] iter_args(%[[OLD:.*]] = %[[BEGIN]], %[[NEW:.*]] = %{{.*}}, %[[NEXT:.*]] = %{{.*}})
# CHECK: %[[LEFT:.*]] = arith.subi %[[N]], %[[FIRST]]
# CHECK: arith.minsi %[[LEFT]], %[[MOST]]
# CHECK: call @pde_parallel(
# CHECK: %[[CHECKED:.*]] = func.call @pde_is_check_due(
# CHECK: %[[DUE:.*]] = arith.cmpi ne, %[[CHECKED]],
# CHECK: %[[LOOKS:.*]] = arith.ori %[[WATCHED]], %[[DUE]]
# CHECK: scf.if %[[LOOKS]]
# CHECK: call @pde_watch({{.*}}, %[[NEW]])
# CHECK: call @pde_progress(
# CHECK: call @pde_state_due({{.*}}, %[[STATE]],
# CHECK: call @pde_reversal_keep({{.*}}, %[[STATE]], %c0_i32, %[[NEW]],
# CHECK: call @pde_state_save({{.*}}, %[[STATE]])
# CHECK: scf.yield %[[NEW]], %[[NEXT]], %[[NEW]]
# CHECK: call @pde_count_work(
# CHECK: func.func private @sweep0
# CHECK: scf.for %[[STEP:.*]] = %c0_i64 to %{{.*}} step %c1_i64
# CHECK: arith.cmpi eq, %[[STEP]]
# SINGLE: scf.for %{{.*}} to %{{.*}} step %c1_i64 iter_args
grid X : 1d, boundary reflecting
param n = 20
input f on X
evolve u from f by u -> u + 0.2*d2(x)(u) for n steps
output u
