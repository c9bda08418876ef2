// RUN: %pde-opt %s --pde-flatten-steps | FileCheck %s
// A loop that is nothing but a loop is one of as many passes as both make; what
// is reported, what does more, and what has a count that is not known, stay.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %c1 = arith.constant 1 : i64
  %c2 = arith.constant 2 : i64
  %c3 = arith.constant 3 : i64
  %n = pde.param "n" = 5 : i64 : i64
  %f = pde.input "f" -> <@X, f64>

  // CHECK: %[[SIX:.*]] = arith.constant 6 : i64
  // CHECK: %[[TWO:.*]] = arith.constant 2 : i64
  // CHECK: pde.steps %[[SIX]] pass %[[K:.*]] carry (%[[U:.*]] = %{{.*}} : !pde.field<@X, f64>) {
  // CHECK-NEXT: %[[OUTER:.*]] = arith.divui %[[K]], %[[TWO]]
  // CHECK-NEXT: %[[INNER:.*]] = arith.remui %[[K]], %[[TWO]]
  // CHECK-NEXT: arith.sitofp %[[INNER]]
  // CHECK-NEXT: arith.sitofp %[[OUTER]]
  // CHECK-NEXT: %[[V:.*]] = pde.sweep (%{{.*}} = %[[U]]
  // CHECK: pde.yield %[[V]]
  // CHECK-NOT: pde.steps
  // CHECK: pde.output "a"
  %a = pde.steps %c3 pass %i carry (%u = %f : !pde.field<@X, f64>) {
    %b = pde.steps %c2 pass %k carry (%v = %u : !pde.field<@X, f64>) {
      %s = arith.sitofp %k : i64 to f64
      %t = arith.sitofp %i : i64 to f64
      %w = pde.sweep (%x = %v : !pde.field<@X, f64>, %y = %s : f64, %z = %t : f64) -> !pde.field<@X, f64> {
        %m = pde.map (%e = %x : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
          %g = arith.addf %e, %y : f64
          %h = arith.mulf %g, %z : f64
          pde.yield %h : f64
        }
        pde.yield %m : !pde.field<@X, f64>
      }
      pde.yield %w : !pde.field<@X, f64>
    }
    pde.yield %b : !pde.field<@X, f64>
  }
  pde.output "a" %a : <@X, f64>

  // Each loop of these has another in it.
  // CHECK-COUNT-2: pde.steps
  // CHECK: pde.output "unknown"
  %unknown = pde.steps %n pass %i carry (%u = %f : !pde.field<@X, f64>) {
    %b = pde.steps %c2 pass %k carry (%v = %u : !pde.field<@X, f64>) {
      %w = pde.sweep (%x = %v : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
        %m = pde.map (%e = %x : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
          %g = arith.mulf %e, %e : f64
          pde.yield %g : f64
        }
        pde.yield %m : !pde.field<@X, f64>
      }
      pde.yield %w : !pde.field<@X, f64>
    }
    pde.yield %b : !pde.field<@X, f64>
  }
  pde.output "unknown" %unknown : <@X, f64>

  // CHECK-COUNT-2: pde.steps
  // CHECK: pde.output "reported"
  %reported = pde.steps %c3 pass %i carry (%u = %f : !pde.field<@X, f64>) attributes {evolution} {
    %b = pde.steps %c2 pass %k carry (%v = %u : !pde.field<@X, f64>) {
      %w = pde.sweep (%x = %v : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
        %m = pde.map (%e = %x : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
          %g = arith.mulf %e, %e : f64
          pde.yield %g : f64
        }
        pde.yield %m : !pde.field<@X, f64>
      }
      pde.yield %w : !pde.field<@X, f64>
    }
    pde.yield %b : !pde.field<@X, f64>
  }
  pde.output "reported" %reported : <@X, f64>

  // Fields that change places in the outer loop.
  // CHECK-COUNT-2: pde.steps
  // CHECK: pde.output "swapped"
  %swapped:2 = pde.steps %c3 pass %i carry (%u = %f : !pde.field<@X, f64>, %o = %a : !pde.field<@X, f64>) {
    %b:2 = pde.steps %c2 pass %k carry (%v = %o : !pde.field<@X, f64>, %q = %u : !pde.field<@X, f64>) {
      %w = pde.sweep (%x = %v : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
        %m = pde.map (%e = %x : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
          %g = arith.mulf %e, %e : f64
          pde.yield %g : f64
        }
        pde.yield %m : !pde.field<@X, f64>
      }
      pde.yield %w, %q : !pde.field<@X, f64>, !pde.field<@X, f64>
    }
    pde.yield %b#0, %b#1 : !pde.field<@X, f64>, !pde.field<@X, f64>
  }
  pde.output "swapped" %swapped#0 : <@X, f64>
}
