# RUN: %pdec %s --emit net | %pde-opt --net-lower-layers | FileCheck %s
# One call a layer, in the order of the network; each tensor is released after the
# last layer that reads it. Loops own what they carry.

# CHECK: func.func @run(%[[CTX:.*]]: !llvm.ptr)
# CHECK: %[[DATA:.*]] = call @pde_read_input
# CHECK: %[[F:.*]] = call @pde_tensor_take(%[[CTX]], %{{.*}}, %{{.*}}, %[[DATA]])
# CHECK: %[[U0:.*]] = call @pde_tensor_share(%[[CTX]], %[[F]])
# CHECK: %[[STATE:.*]] = call @pde_state_begin(%[[CTX]], %{{.*}}, %[[N:.*]]) :
# CHECK: %[[U1:.*]] = call @pde_tensor_restore(%[[CTX]], %[[STATE]], %{{.*}}, %[[U0]])
# CHECK-NEXT: call @pde_tensor_free(%[[CTX]], %[[U0]])
# CHECK: %[[FIRST:.*]] = call @pde_state_first(%[[CTX]], %[[STATE]])
# CHECK: %[[R:.*]] = scf.for %{{.*}} = %[[FIRST]] to %[[N]] {{.*}} iter_args(%[[U:.*]] = %[[U1]])
# CHECK: %[[P:.*]] = func.call @pde_layer_pad(%[[CTX]], %[[U]],
# CHECK: %[[D:.*]] = func.call @pde_layer_conv(%[[CTX]], %[[P]], %[[W:.*]], %{{.*}}) :
# CHECK-NEXT: func.call @pde_tensor_free(%[[CTX]], %[[P]])
# CHECK: %[[BODY:.*]] = func.constant @activation0
# CHECK: %[[A:.*]] = func.call @pde_layer_activation(%[[CTX]], %{{.*}}, %{{.*}}, %[[BODY]],
# CHECK-NEXT: func.call @pde_tensor_free(%[[CTX]], %[[D]])
# CHECK: %[[T:.*]] = func.call @pde_layer_conv_transpose(%[[CTX]], %[[A]], %[[W]], %{{.*}})
# CHECK-NEXT: func.call @pde_tensor_free(%[[CTX]], %[[A]])
# CHECK: %[[G:.*]] = func.call @pde_layer_fold(%[[CTX]], %[[T]],
# CHECK-NEXT: func.call @pde_tensor_free(%[[CTX]], %[[T]])
# CHECK-NEXT: %[[S:.*]] = func.call @pde_layer_subtract(%[[CTX]], %[[U]], %[[G]])
# CHECK-NEXT: func.call @pde_tensor_free(%[[CTX]], %[[U]])
# CHECK-NEXT: func.call @pde_tensor_free(%[[CTX]], %[[G]])
# CHECK: func.call @pde_progress
# CHECK: func.call @pde_state_due(%[[CTX]], %[[STATE]],
# CHECK: func.call @pde_tensor_keep(%[[CTX]], %[[STATE]], %{{.*}}, %[[NEXT:[0-9]+]])
# CHECK: func.call @pde_state_save(%[[CTX]], %[[STATE]])
# CHECK: scf.yield %[[NEXT]]
# CHECK: call @pde_tensor_free(%[[CTX]], %[[F]])
# CHECK: %[[OUT:.*]] = call @pde_tensor_copy_out(%[[CTX]], %[[R]])
# CHECK: call @pde_write_output(%[[CTX]], %{{.*}}, %[[OUT]])
# CHECK-NEXT: call @pde_free(%[[CTX]], %[[OUT]])
# CHECK-NEXT: call @pde_tensor_free(%[[CTX]], %[[R]])
# CHECK-NEXT: return
grid X : 1d, boundary reflecting
param n = 5
input f on X
let D = forward(x)
evolve u from f by u -> u - D'(exp(D(u))) for n steps
output u
