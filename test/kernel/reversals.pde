# RUN: %pdec %s --emit kernel --march x86-64-v3 | FileCheck %s
# Going back through passes asks the runtime at each stage which state to begin
# with, how many passes to make from there and whether to keep what they lead to, and
# goes back through none or one. A single pass has a loop of its own.
grid X : 1d, boundary reflecting
param n = 3
input f on X
evolve u from f by u -> u - 0.1*u^2 for n steps
# CHECK: %[[N:.*]] = call @pde_get_int
# CHECK: %[[R:.*]] = call @pde_reversal_begin(%[[CTX:.*]], %[[N]], %[[BYTES:.*]]) :
# CHECK: scf.while
# CHECK: %[[MORE:.*]] = func.call @pde_reversal_next(%[[CTX]], %[[R]])
# CHECK: scf.condition
# CHECK: func.call @pde_reversal_restore(%[[CTX]], %[[R]], %{{.*}}, %{{.*}}, %[[BYTES]])
# CHECK: func.call @pde_reversal_first(%[[CTX]], %[[R]])
# CHECK: %[[PASSES:.*]] = func.call @pde_reversal_passes(%[[CTX]], %[[R]])
# CHECK: %[[ONE:.*]] = arith.cmpi eq, %[[PASSES]]
# CHECK: %[[SINGLE:.*]] = arith.extui %[[ONE]]
# CHECK: %[[OTHERS:.*]] = arith.subi %[[PASSES]], %[[SINGLE]]
# CHECK: scf.for %{{.*}} to %[[OTHERS]]
# CHECK: %[[STATE:.*]] = scf.for %{{.*}} to %[[SINGLE]]
# CHECK: func.call @pde_reversal_keep(%[[CTX]], %[[R]], %{{.*}}, %[[STATE]], %[[BYTES]])
# CHECK: %[[BACK:.*]] = func.call @pde_reversal_back(%[[CTX]], %[[R]])
# CHECK: scf.for %{{.*}} to %[[BACK]]
output g = gradient(sum(u), f)
