// RUN: %pde-opt %s --net-lower-layers | FileCheck %s
// Strides are an array, or null; a margin names the tensor of a side, or null.

// CHECK-LABEL: func.func @run
// CHECK: %[[NULL:.*]] = llvm.mlir.zero
// CHECK: llvm.store %[[G:.*]], %{{.*}} : !llvm.ptr, !llvm.ptr
// CHECK-NEXT: %[[HIGH:.*]] = llvm.getelementptr
// CHECK-NEXT: llvm.store %{{.*}}, %[[HIGH]] : !llvm.ptr, !llvm.ptr
// CHECK: call @pde_layer_pad(%{{.*}}, %{{.*}}, %{{.*}})
// CHECK: call @pde_layer_conv(%{{.*}}, %{{.*}}, %[[W:.*]], %[[S:.*]])
// CHECK: call @pde_layer_conv_transpose(%{{.*}}, %{{.*}}, %[[W]], %[[S]])
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
net.program @p {
  %c = arith.constant 5.0 : f64
  %f = net.input "f" on @X : tensor<?xf64>
  %g = net.input "g" on @X : tensor<?xf64>
  %w = net.weights [array<i64: 0>, array<i64: 1>] values(%c, %c) : <1>
  %p = net.pad %f [#net.margin<1 dirichlet, 2 neumann>] values(%g, %c : tensor<?xf64>, f64) : tensor<?xf64> -> tensor<?xf64>
  %r = net.conv %p, %w strides [2] : tensor<?xf64>, <1> -> tensor<?xf64>
  %t = net.conv_transpose %r, %w strides [2] : tensor<?xf64>, <1> -> tensor<?xf64>
  net.output "u" %t : tensor<?xf64>
}
