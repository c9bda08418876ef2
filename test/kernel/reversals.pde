# RUN: %pdec %s --emit kernel --march x86-64-v3 | FileCheck %s
# Where a pass is one call, states lie where they are made: the runtime says where the
# call reads and writes. The evolution's own run makes those that are kept, unless
# it is followed step by step; what it gives is one pass more. Then each stage of the
# reversal makes passes, several at a time or one, and goes back through none or one.
grid X : 1d, boundary reflecting
param n = 3
input f on X
evolve u from f by u -> u - 0.1*u^2 for n steps
# CHECK: %[[N:.*]] = call @pde_get_int
# CHECK: %[[F:.*]] = call @pde_read_input
# CHECK: call @pde_reversal_leads(%[[CTX:.*]]) :
# CHECK: %[[LEADS:.*]] = arith.cmpi ne
# CHECK: %[[R:.*]] = call @pde_reversal_begin(%[[CTX]], %[[N]], %[[BYTES:.*]]) :
# CHECK: call @pde_reversal_start(%[[CTX]], %[[R]], %{{.*}}, %[[F]])
# CHECK: %[[OTHERS:.*]] = arith.select %[[LEADS]], %{{.*}}, %[[N]]
# CHECK: scf.for %{{.*}} to %[[OTHERS]]
# CHECK: scf.while
# CHECK: func.call @pde_reversal_climb(%[[CTX]], %[[R]])
# CHECK: %[[PASSES:.*]] = func.call @pde_reversal_passes(%[[CTX]], %[[R]])
# CHECK: %[[ONE:.*]] = arith.cmpi eq, %[[PASSES]]
# CHECK: %[[SEVERAL:.*]] = arith.select %[[ONE]], %{{.*}}, %[[PASSES]]
# CHECK: scf.for %{{.*}} to %[[SEVERAL]]
# CHECK: func.call @pde_reversal_target(%[[CTX]], %[[R]], %{{.*}}, %[[BYTES]], %{{.*}})
# CHECK: func.call @pde_reversal_source(%[[CTX]], %[[R]],
# CHECK: func.call @pde_parallel
# CHECK: func.call @pde_reversal_made(%[[CTX]], %[[R]])
# CHECK: %[[SINGLE:.*]] = arith.select %[[ONE]], %[[PASSES]],
# CHECK: scf.for %{{.*}} to %[[SINGLE]]
# CHECK: func.call @pde_reversal_made(%[[CTX]], %[[R]])
# CHECK: scf.if
# CHECK: func.call @pde_reversal_source(%[[CTX]], %[[R]],
# CHECK: func.call @pde_parallel
# CHECK: scf.while
# CHECK: func.call @pde_reversal_next(%[[CTX]], %[[R]])
# CHECK-NOT: pde_reversal_restore
# CHECK-NOT: pde_reversal_keep
# CHECK: %[[STATE:.*]] = func.call @pde_reversal_source(%[[CTX]], %[[R]],
# CHECK: %[[BACK:.*]] = func.call @pde_reversal_back(%[[CTX]], %[[R]])
# CHECK: scf.for %{{.*}} to %[[BACK]]
output g = gradient(sum(u), f)
