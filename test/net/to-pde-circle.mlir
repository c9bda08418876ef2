// RUN: %pde-opt %s --net-to-pde | FileCheck %s
// Around a circle, what is wrapped before a transposed convolution and cut after
// it is the adjoint; on two axes each is known by its own margins.

pde.grid @X [#pde.axis<"x" : periodic, periodic>, #pde.axis<"y" : reflecting, reflecting>]
net.program @p {
  %c = arith.constant 2.0 : f64
  %zero = arith.constant 0.0 : f64
  // CHECK: %[[F:.*]] = pde.input "f"
  %f = net.input "f" on @X : tensor<?x?xf64>
  %w = net.weights [array<i64: -1, 1>, array<i64: 2, 2>] values(%c, %c) : <2>
  // CHECK: %[[P:.*]] = pde.apply %[[W:.*]], %[[F]] : <2>, <@X, f64> -> <@X, f64>
  %padded = net.pad %f [#net.margin<1 periodic, 2 periodic>, #net.margin<-1 reflecting, 2 reflecting>] : tensor<?x?xf64> -> tensor<?x?xf64>
  %p = net.conv %padded, %w : tensor<?x?xf64>, <2> -> tensor<?x?xf64>
  // The first cell along y is reached by no tap: zeros before it.
  // CHECK-NEXT: pde.adjoint %[[W]], %[[P]] : <2>, <@X, f64> -> <@X, f64>
  %more = net.pad %p [#net.margin<2 periodic, 1 periodic>, #net.margin<1 dirichlet, 0 dirichlet>] values(%zero, %zero : f64, f64) : tensor<?x?xf64> -> tensor<?x?xf64>
  %t = net.conv_transpose %more, %w : tensor<?x?xf64>, <2> -> tensor<?x?xf64>
  %a = net.fold %t [#net.margin<3 dirichlet, 3 dirichlet>, #net.margin<0 reflecting, 2 reflecting>] : tensor<?x?xf64> -> tensor<?x?xf64>
  // What only cuts off rows along the other axis leaves the circle alone.
  // CHECK: pde.apply %{{.*}}, %{{.*}} : <2>, <@X, f64, [0, 1], [0, 0]> -> <@X, f64>
  %rows = net.input "rows" on @X rows [0, 0, 1, 0] : tensor<?x?xf64>
  %cells = net.pad %rows [#net.margin<0 reflecting, 0 reflecting>, #net.margin<-1 reflecting, 0 reflecting>] : tensor<?x?xf64> -> tensor<?x?xf64>
  net.output "cells" %cells : tensor<?x?xf64>
  net.output "a" %a : tensor<?x?xf64>
}
