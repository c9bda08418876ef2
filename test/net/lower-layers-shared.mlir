// RUN: %pde-opt %s --net-lower-layers | FileCheck %s
// Many layers make little code: activations that do the same share a function,
// whichever scalars they take; equal margins are filled once, and what only one
// call reads lies where the call before had its own.

// CHECK-LABEL: func.func @run
// One record of margins, one of pointers, one of slots, and no more.
// CHECK-COUNT-3: llvm.alloca
// CHECK-NOT: llvm.alloca
// CHECK: call @pde_layer_pad(%{{.*}}, %{{.*}}, %[[M:.*]])
// CHECK: call @pde_layer_pad(%{{.*}}, %{{.*}}, %[[M]])
// CHECK: constant @activation0
// CHECK: constant @activation0
// CHECK: constant @activation1
// CHECK-LABEL: func.func private @activation0
// CHECK-LABEL: func.func private @activation1
// CHECK-NOT: @activation2
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
net.program @p {
  %c = pde.param "c" = 2.0 : f64 : f64
  %d = pde.param "d" = 3.0 : f64 : f64
  %f = net.input "f" on @X : tensor<?xf64>
  %p = net.pad %f [#net.margin<1 reflecting, 2 reflecting>] : tensor<?xf64> -> tensor<?xf64>
  %q = net.pad %p [#net.margin<1 reflecting, 2 reflecting>] : tensor<?xf64> -> tensor<?xf64>
  %a = net.activation (%s = %q : tensor<?xf64>) -> tensor<?xf64> {
    %m = arith.mulf %s, %c : f64
    net.yield %m : f64
  }
  %b = net.activation (%s = %a : tensor<?xf64>) -> tensor<?xf64> {
    %m = arith.mulf %s, %d : f64
    net.yield %m : f64
  }
  %e = net.activation (%s = %b : tensor<?xf64>) -> tensor<?xf64> {
    %m = arith.mulf %d, %s : f64
    net.yield %m : f64
  }
  net.output "u" %e : tensor<?xf64>
}
