// RUN: %pde-opt %s --net-to-pde | FileCheck %s
// A pad that nothing convolves is the identity with more rows, or with fewer; a
// convolution without one reads no more than its tensor has. Where neither a pad
// nor a fold tells of a side, nothing lies beyond it, by any rule: said as schemes do.

pde.grid @X [#pde.axis<"x" : dirichlet, dirichlet>]
net.program @p {
  %c = arith.constant 2.0 : f64
  // CHECK: %[[F:.*]] = pde.input "f"
  %f = net.input "f" on @X : tensor<?xf64>
  // CHECK: %[[ONE:.*]] = arith.constant 1.000000e+00 : f64
  // CHECK-NEXT: %[[ID:.*]] = pde.stencil [array<i64: 0>] weights(%[[ONE]]) : <1>
  // CHECK-NEXT: %[[MORE:.*]] = pde.apply %[[ID]], %[[F]] outside(%{{.*}} : f64) sides [#pde.sides<neumann, reflecting>] : <1>, <@X, f64> -> <@X, f64, [2], [1]>
  %more = net.pad %f [#net.margin<2 neumann, 1 reflecting>] values(%c : f64) : tensor<?xf64> -> tensor<?xf64>
  // CHECK-NEXT: %[[E:.*]] = pde.map (%{{.*}} = %[[MORE]]
  %e = net.activation (%x = %more : tensor<?xf64>) -> tensor<?xf64> {
    %y = math.sqrt %x : f64
    net.yield %y : f64
  }
  // CHECK: %[[W:.*]] = pde.stencil
  %w = net.weights [array<i64: -1>, array<i64: 0>] values(%c, %c) : <1>
  // CHECK: pde.apply %[[W]], %[[E]] outside(%{{.*}}, %{{.*}} : f64, f64) : <1>, <@X, f64, [2], [1]> -> <@X, f64, [1], [1]>
  %short = net.conv %e, %w : tensor<?xf64>, <1> -> tensor<?xf64>
  // CHECK: pde.apply %{{.*}}, %[[E]] sides [#pde.sides<reflecting, reflecting>] : <1>, <@X, f64, [2], [1]> -> <@X, f64, [0], [1]>
  %cut = net.pad %e [#net.margin<-2 reflecting, 0 reflecting>] : tensor<?xf64> -> tensor<?xf64>
  // CHECK: %[[S:.*]] = pde.stencil
  %s = net.weights [array<i64: 0>] values(%c) : <1>
  // CHECK-NEXT: pde.adjoint %[[S]], %[[F]]
  %t = net.conv_transpose %f, %s : tensor<?xf64>, <1> -> tensor<?xf64>
  net.output "short" %short : tensor<?xf64>
  net.output "cut" %cut : tensor<?xf64>
  net.output "t" %t : tensor<?xf64>
}
