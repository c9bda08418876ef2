// RUN: %pde-opt %s --pde-to-net | FileCheck %s
// Grids of different ranks in one program: a tensor has the rank of its own.

// CHECK: net.coordinate 0 {{.*}} sizes(%{{[^,]*}}) : tensor<?xf64>
// CHECK: net.coordinate 1 {{.*}} sizes(%{{.*}}, %{{.*}}) : tensor<?x?xf32>
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @Y [#pde.axis<"x" : reflecting, reflecting>, #pde.axis<"y" : periodic, periodic>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %x = pde.coordinate 0 first %c spacing %c : !pde.field<@X, f64>
  %y = pde.coordinate 1 first %c spacing %c : !pde.field<@Y, f32>
  pde.output "u" %x : !pde.field<@X, f64>
  pde.output "v" %y : !pde.field<@Y, f32>
}
