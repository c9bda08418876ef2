// RUN: %pde-opt %s | %pde-opt | FileCheck %s
// Every operation of the net dialect prints as it is read.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
// CHECK: net.program @p {
net.program @p {
  %n = pde.param "n" = 3 : i64 : i64
  %c = arith.constant 0.5 : f64
  // CHECK: %[[F:.*]] = net.input "f" on @X : tensor<?xf64>
  %f = net.input "f" on @X : tensor<?xf64>
  // CHECK: net.input "g" on @X default {
  // CHECK: net.coordinate 0 first %{{.*}} spacing %{{.*}} sizes(%{{.*}}) : tensor<?xf64>
  // CHECK: net.yield
  // CHECK: } : tensor<?xf64>
  %g = net.input "g" on @X default {
    %size = pde.size @X[0]
    %x = net.coordinate 0 first %c spacing %c sizes(%size) : tensor<?xf64>
    net.yield %x : tensor<?xf64>
  } : tensor<?xf64>
  // CHECK: net.noise %{{.*}} sizes(%{{.*}}) : tensor<?xf64>
  %noise = net.noise %n sizes(%n) : tensor<?xf64>
  // CHECK: %[[W:.*]] = net.weights [array<i64: 0>, array<i64: 1>] values(%{{.*}}, %{{.*}}) : <1>
  %w = net.weights [array<i64: 0>, array<i64: 1>] values(%c, %c) : <1>
  // CHECK: net.weights [array<i64: 0>] values(%{{.*}}) scale %{{.*}} : <1>
  %s = net.weights [array<i64: 0>] values(%c) scale %c : <1>
  // CHECK: %[[P:.*]] = net.pad %[[F]] [#net.margin<1 dirichlet, 2 reflecting>] values(%{{.*}} : f64) : tensor<?xf64> -> tensor<?xf64>
  %p = net.pad %f [#net.margin<1 dirichlet, 2 reflecting>] values(%c : f64) : tensor<?xf64> -> tensor<?xf64>
  // CHECK: net.pad %[[P]] [#net.margin<-1 periodic, -2 periodic>] : tensor<?xf64> -> tensor<?xf64>
  %cut = net.pad %p [#net.margin<-1 periodic, -2 periodic>] : tensor<?xf64> -> tensor<?xf64>
  // CHECK: %[[Y:.*]] = net.conv %[[P]], %[[W]] : tensor<?xf64>, <1> -> tensor<?xf64>
  %y = net.conv %p, %w : tensor<?xf64>, <1> -> tensor<?xf64>
  // CHECK: %[[T:.*]] = net.conv_transpose %[[Y]], %[[W]] : tensor<?xf64>, <1> -> tensor<?xf64>
  %t = net.conv_transpose %y, %w : tensor<?xf64>, <1> -> tensor<?xf64>
  // CHECK: net.fold %[[T]] [#net.margin<1 dirichlet, 2 reflecting>] : tensor<?xf64> -> tensor<?xf64>
  %fold = net.fold %t [#net.margin<1 dirichlet, 2 reflecting>] : tensor<?xf64> -> tensor<?xf64>
  // CHECK: net.activation (%[[A:.*]] = %[[F]] : tensor<?xf64>, %[[B:.*]] = %{{.*}} : tensor<?xf64>) -> tensor<?xf64> {
  // CHECK-NEXT: arith.mulf %[[A]], %[[B]] : f64
  %act = net.activation (%a = %f : tensor<?xf64>, %b = %g : tensor<?xf64>) -> tensor<?xf64> {
    %m = arith.mulf %a, %b : f64
    net.yield %m : f64
  }
  // CHECK: net.add %{{.*}}, %{{.*}} : tensor<?xf64>
  %sum = net.add %f, %g : tensor<?xf64>
  // CHECK: net.subtract %{{.*}}, %{{.*}} : tensor<?xf64>
  %difference = net.subtract %f, %g : tensor<?xf64>
  // CHECK: net.scale %[[F]] by %{{.*}} : tensor<?xf64> -> tensor<?xf64>
  %scaled = net.scale %f by %c : tensor<?xf64> -> tensor<?xf64>
  // CHECK: net.repeat %{{.*}} pass %{{.*}} carry (%[[U:.*]] = %[[F]] : tensor<?xf64>, %{{.*}} = %{{.*}} : f64){{ *}}attributes {evolution}{{ *}}{
  %r:2 = net.repeat %n pass %pass carry (%u = %f : tensor<?xf64>, %v = %c : f64) attributes {evolution} {
    // CHECK: net.yield %[[U]], %{{.*}} : tensor<?xf64>, f64
    net.yield %u, %v : tensor<?xf64>, f64
  }
  // CHECK: net.pad %[[F]] [#net.margin<1 dirichlet, 2 neumann>] values(%{{.*}}, %{{.*}} : tensor<?xf64>, f64) : tensor<?xf64> -> tensor<?xf64>
  %tensors = net.pad %f [#net.margin<1 dirichlet, 2 neumann>] values(%g, %c : tensor<?xf64>, f64) : tensor<?xf64> -> tensor<?xf64>
  // CHECK: net.conv %[[P]], %[[W]] strides [2] : tensor<?xf64>, <1> -> tensor<?xf64>
  %stride = net.conv %p, %w strides [2] : tensor<?xf64>, <1> -> tensor<?xf64>
  // CHECK: net.conv_transpose %{{.*}}, %[[W]] strides [2] : tensor<?xf64>, <1> -> tensor<?xf64>
  %back = net.conv_transpose %stride, %w strides [2] : tensor<?xf64>, <1> -> tensor<?xf64>
  // CHECK: net.reduce dot %{{.*}}, %{{.*}} : tensor<?xf64>, tensor<?xf64>
  %dot = net.reduce dot %f, %g : tensor<?xf64>, tensor<?xf64>
  // CHECK: net.entry %{{.*}}[%{{.*}}] of [4] : tensor<?xf64>
  %entry = net.entry %f[%n] of [4] : tensor<?xf64>
  // CHECK: net.recur %{{.*}} pass %{{.*}} carry (%[[Z:.*]] = %[[F]] : tensor<?xf64>) attributes {accept, line = 3 : i64, loop = 0 : i64, measure = "change", what = "u"} {
  %fixed = net.recur %n pass %pass carry (%z = %f : tensor<?xf64>) attributes {accept, line = 3 : i64, loop = 0 : i64, measure = "change", what = "u"} {
    %done = arith.cmpf olt, %dot, %c : f64
    // CHECK: net.until %{{.*}} measured %{{.*}} against %{{.*}} yield %[[Z]] : tensor<?xf64>
    net.until %done measured %dot against %c yield %z : tensor<?xf64>
  }
  // CHECK: net.output "u" %{{.*}}#0 : tensor<?xf64>
  net.output "u" %r#0 : tensor<?xf64>
}
