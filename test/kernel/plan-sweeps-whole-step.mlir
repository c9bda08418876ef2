// RUN: %pde-opt %s --pde-form-sweeps --pde-plan-sweeps | FileCheck %s
// RUN: %pde-opt %s --pde-form-sweeps --pde-plan-sweeps="tile-bytes=8192 max-steps=4" | FileCheck %s --check-prefix=SMALL
// A step that is one sweep is made to take several: it gets the pass and the
// carried field, and computes what depends on the pass. A number that is made of
// the new field keeps the second loop from that.

// CHECK: pde.steps %{{.*}} pass %[[I:.*]] carry (%[[U:.*]] = %{{.*}})
// CHECK-NEXT: pde.sweep (%[[J:[a-z0-9]*]] = %[[I]] : i64, %{{.*}} = %[[U]] : !pde.field<@X, f64>)
// CHECK-SAME: kernel.tile = #kernel.tile<[1792] steps 64>
// CHECK-NEXT: arith.sitofp %[[J]]
// CHECK: pde.steps
// CHECK: pde.sweep ({{.*}} kernel.tile = #kernel.tile<[3584]>
// SMALL: kernel.tile = #kernel.tile<[512] steps 4>
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %n = pde.param "n" = 3 : i64 : i64
  %f = pde.input "f" -> <@X, f64>
  %r = pde.steps %n pass %pass carry (%u = %f : !pde.field<@X, f64>) {
    %real = arith.sitofp %pass : i64 to f64
    %v = pde.map (%s = %u : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %t = arith.mulf %s, %real : f64
      pde.yield %t : f64
    }
    pde.yield %v : !pde.field<@X, f64>
  }
  %zero = arith.constant 0.0 : f64
  %q:2 = pde.steps %n pass %pass carry (%u = %r : !pde.field<@X, f64>, %c = %zero : f64) {
    %v = pde.map (%s = %u : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %t = arith.mulf %s, %c : f64
      pde.yield %t : f64
    }
    %most = pde.reduce max_abs %v : !pde.field<@X, f64>
    pde.yield %v, %most : !pde.field<@X, f64>, f64
  }
  %w = pde.map (%s = %q#0 : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %t = arith.mulf %s, %q#1 : f64
    pde.yield %t : f64
  }
  pde.output "u" %w : <@X, f64>
}
