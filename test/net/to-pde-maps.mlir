// RUN: %pde-opt %s --net-to-pde | FileCheck %s
// Each pointwise layer is a map. A factor is rounded once, where it is made, and
// not in the loop that reads it; a factor of -1 is a sign. Cells that a layer does
// not read are no operands: rows that are cut off, fields that only lend sizes.

pde.grid @X [#pde.axis<"x" : dirichlet, reflecting>]
net.program @p {
  // CHECK: %[[TAU:.*]] = pde.param "tau"
  // CHECK-NEXT: %[[ROUNDED:.*]] = arith.truncf %[[TAU]] : f64 to f32
  %tau = pde.param "tau" = 0.1 : f64 : f64
  %n = pde.param "n" = 2 : i64 : i64
  %minus = arith.constant -1.0 : f64
  %zero = arith.constant 0.0 : f64
  %size = pde.size @X[0]
  %row = arith.constant 1 : i64
  %rows = arith.addi %size, %row : i64
  // CHECK: %[[F:.*]] = pde.input "f" -> <@X, f32, [1], [0]>
  %f = net.input "f" on @X rows [1, 0] : tensor<?xf32>
  // CHECK: %[[X:.*]] = pde.coordinate 0 first %[[TAU]] spacing %[[TAU]] : <@X, f32, [1], [0]>
  %x = net.coordinate 0 first %tau spacing %tau sizes(%rows) before [1] : tensor<?xf32>
  // CHECK: %[[NOISE:.*]] = pde.noise %{{.*}} : <@X, f32>
  %noise = net.noise %n sizes(%size) : tensor<?xf32>
  // CHECK: pde.steps
  %r = net.repeat %n pass %i carry (%u = %noise : tensor<?xf32>) {
    // CHECK: pde.map (%[[A:.*]] = %{{.*}} : !pde.field<@X, f32>) -> !pde.field<@X, f32> {
    // CHECK-NEXT: arith.mulf %[[A]], %[[ROUNDED]] : f32
    %s = net.scale %u by %tau : tensor<?xf32> -> tensor<?xf32>
    // CHECK: arith.negf
    %t = net.scale %s by %minus : tensor<?xf32> -> tensor<?xf32>
    // CHECK: pde.map (%[[B:.*]] = %{{.*}} : !pde.field<@X, f32>, %[[C:.*]] = %[[F]] : !pde.field<@X, f32, [1], [0]>) -> !pde.field<@X, f32> {
    // CHECK-NEXT: arith.subf %[[B]], %[[C]] : f32
    %cells = net.pad %f [#net.margin<-1 reflecting, 0 reflecting>] : tensor<?xf32> -> tensor<?xf32>
    %v = net.subtract %t, %cells : tensor<?xf32>
    // CHECK: pde.map (%[[D:.*]] = %{{.*}} : !pde.field<@X, f32>, %[[E:.*]] = %[[NOISE]] : !pde.field<@X, f32>) -> !pde.field<@X, f32> {
    // CHECK-NEXT: arith.addf %[[D]], %[[E]] : f32
    %w = net.add %v, %noise : tensor<?xf32>
    net.yield %w : tensor<?xf32>
  }
  // CHECK: pde.map () -> !pde.field<@X, f32, [1], [0]> {
  // CHECK-NEXT: arith.constant 5.000000e-01 : f32
  %constant = net.activation (%a = %x : tensor<?xf32>) -> tensor<?xf32> {
    %half = arith.constant 0.5 : f32
    net.yield %half : f32
  }
  net.output "r" %r : tensor<?xf32>
  net.output "constant" %constant : tensor<?xf32>
}
