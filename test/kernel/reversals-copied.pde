# RUN: %pdec %s --emit kernel --march x86-64-v3 | FileCheck %s
# Where a pass is more than one call, the runtime keeps copies of states: each stage
# restores one, makes passes from there, keeps what they lead to, and goes back through
# none or one.
grid X : 1d, boundary reflecting
param n = 3
input f on X
evolve u from f by u -> u - 0.1*u/norm(u) for n steps
# CHECK: %[[N:.*]] = call @pde_get_int
# CHECK-NOT: pde_reversal_leads
# CHECK: %[[R:.*]] = call @pde_reversal_begin(%[[CTX:.*]], %[[N]], %[[BYTES:.*]]) :
# CHECK: scf.while
# CHECK: %[[MORE:.*]] = func.call @pde_reversal_next(%[[CTX]], %[[R]])
# CHECK: scf.condition
# CHECK: func.call @pde_reversal_restore(%[[CTX]], %[[R]], %{{.*}}, %{{.*}}, %[[BYTES]])
# CHECK: func.call @pde_reversal_first(%[[CTX]], %[[R]])
# CHECK: %[[PASSES:.*]] = func.call @pde_reversal_passes(%[[CTX]], %[[R]])
# CHECK: %[[STATE:.*]] = scf.for %{{.*}} to %[[PASSES]]
# CHECK: func.call @pde_reversal_keep(%[[CTX]], %[[R]], %{{.*}}, %[[STATE]], %[[BYTES]])
# CHECK: %[[BACK:.*]] = func.call @pde_reversal_back(%[[CTX]], %[[R]])
# CHECK: scf.for %{{.*}} to %[[BACK]]
output g = gradient(sum(u), f)
