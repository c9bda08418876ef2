// RUN: %pde-opt %s --pde-plan-sweeps | FileCheck %s
// RUN: %pde-opt %s --pde-plan-sweeps=tiles=8x64 | FileCheck %s --check-prefix=ONCE
// RUN: %pde-opt %s --pde-plan-sweeps=wavefront-bytes=100 | FileCheck %s --check-prefix=SMALL
// RUN: not %pde-opt %s --pde-plan-sweeps=tiles=8y64 2>&1 | FileCheck %s --check-prefix=SHAPE
// An older level that goes on as another is computed by the whole step, too: then
// nothing is left of the loop that could not be repeated within a tile.

// CHECK: pde.steps {{.*}} carry (%[[U:.*]] = %{{.*}}, %[[V:.*]] = %{{.*}})
// CHECK-NEXT: %[[NEW:.*]]:2 = pde.sweep (%{{.*}} = %{{.*}} : i64, %[[A:.*]] = %[[U]] : {{.*}}, %[[B:.*]] = %[[V]] :
// CHECK-SAME: kernel.tile = #kernel.tile<[256, {{[0-9]+}}] steps {{[0-9]+}} rows 2>
// CHECK: %[[SUM:.*]] = pde.map (%{{.*}} = %[[A]] : {{.*}}, %{{.*}} = %[[B]]
// CHECK: %[[SAME:.*]] = pde.map (%[[CELL:.*]] = %[[A]]
// CHECK-NEXT: pde.yield %[[CELL]] : f64
// CHECK: pde.yield %[[SUM]], %[[SAME]]
// CHECK: pde.yield %[[NEW]]#0, %[[NEW]]#1
// ONCE: #kernel.tile<[8, 64]>
// Where no shape of several steps fits:
// SMALL: #kernel.tile<[32, 1024]>
// SHAPE: cannot read the shapes of tiles '8y64': they are such as '64x256:8,1000'
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>, #pde.axis<"y" : reflecting, reflecting>]
pde.program @p {
  %n = pde.param "n" = 20 : i64 : i64
  %f = pde.input "f" -> <@X, f64>
  %g = pde.input "g" -> <@X, f64>
  %w:2 = pde.steps %n pass %k carry (%u = %f : !pde.field<@X, f64>, %v = %g : !pde.field<@X, f64>) {
    %s = pde.sweep (%a = %u : !pde.field<@X, f64>, %b = %v : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %m = pde.map (%x = %a : !pde.field<@X, f64>, %y = %b : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
        %z = arith.subf %x, %y : f64
        pde.yield %z : f64
      }
      pde.yield %m : !pde.field<@X, f64>
    }
    pde.yield %s, %u : !pde.field<@X, f64>, !pde.field<@X, f64>
  }
  pde.output "u" %w#0 : <@X, f64>
}
