// RUN: %pde-opt %s --pde-fuse-sweeps | FileCheck %s
// RUN: %pde-opt %s --pde-fuse-sweeps=most-rows=2 | FileCheck %s --check-prefix=NEAR
// A short loop, what reads its result and what restricts that are one sweep. It
// gives what others read, first of its own grid. What something needs between
// two sweeps, periodic grids, grids of one axis and what reads too far stay.

pde.grid @X [#pde.axis<"x" : dirichlet, dirichlet>, #pde.axis<"y" : dirichlet, dirichlet>]
pde.grid @C [#pde.axis<"x" : dirichlet, dirichlet coarsened by vertex>, #pde.axis<"y" : dirichlet, dirichlet coarsened by vertex>] coarsens @X
pde.grid @P [#pde.axis<"x" : periodic, periodic>, #pde.axis<"y" : periodic, periodic>]
pde.grid @L [#pde.axis<"x" : dirichlet, dirichlet>]

// CHECK-LABEL: pde.program @down
// CHECK: pde.input "b"
// CHECK-NOT: pde.steps
// CHECK: %[[ALL:.*]]:2 = pde.sweep ({{.*}}) -> (!pde.field<@X, f64>, !pde.field<@C, f64>) {
// CHECK: pde.apply
// CHECK: %[[ONE:.*]] = pde.map {{.*}} attributes {kernel.stored}
// CHECK: pde.apply %{{.*}}, %[[ONE]]
// CHECK: %[[TWO:.*]] = pde.map {{.*}} attributes {kernel.stored}
// CHECK: pde.apply %{{.*}}, %[[TWO]]
// CHECK: %[[RESIDUAL:.*]] = pde.map {{.*}} attributes {kernel.stored}
// CHECK: %[[C:.*]] = pde.restrict %{{.*}}, %[[RESIDUAL]]
// CHECK: pde.yield %[[TWO]], %[[C]]
// CHECK-NOT: pde.sweep
// CHECK: pde.output "u" %[[ALL]]#0
// CHECK: pde.output "c" %[[ALL]]#1
// Two passes read two rows far, with the residual three.
// NEAR-LABEL: pde.program @down
// NEAR: pde.steps
// NEAR-COUNT-3: pde.sweep
// NEAR: pde.output "u"
pde.program @down {
  %c2 = arith.constant 2 : i64
  %f = pde.input "f" -> <@X, f64>
  %b = pde.input "b" -> <@X, f64>
  %u = pde.steps %c2 pass %k carry (%v = %f : !pde.field<@X, f64>) {
    %w = pde.sweep (%x = %v : !pde.field<@X, f64>, %y = %b : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %one = arith.constant 1.0 : f64
      %zero = arith.constant 0.0 : f64
      %s = pde.stencil [array<i64: -1, 0>, array<i64: 1, 0>] weights(%one, %one) : <2>
      %a = pde.apply %s, %x outside(%zero, %zero, %zero, %zero : f64, f64, f64, f64) : <2>, <@X, f64> -> <@X, f64>
      %m = pde.map (%p = %a : !pde.field<@X, f64>, %q = %y : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
        %g = arith.divf %p, %q : f64
        pde.yield %g : f64
      }
      pde.yield %m : !pde.field<@X, f64>
    }
    pde.yield %w : !pde.field<@X, f64>
  }
  %r = pde.sweep (%x = %u : !pde.field<@X, f64>, %y = %b : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %one = arith.constant 1.0 : f64
    %zero = arith.constant 0.0 : f64
    %s = pde.stencil [array<i64: 0, -1>, array<i64: 0, 1>] weights(%one, %one) : <2>
    %a = pde.apply %s, %x outside(%zero, %zero, %zero, %zero : f64, f64, f64, f64) : <2>, <@X, f64> -> <@X, f64>
    %m = pde.map (%p = %a : !pde.field<@X, f64>, %q = %y : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %g = arith.subf %q, %p : f64
      pde.yield %g : f64
    }
    pde.yield %m : !pde.field<@X, f64>
  }
  %c = pde.sweep (%x = %r : !pde.field<@X, f64>) -> !pde.field<@C, f64> {
    %half = arith.constant 0.5 : f64
    %s = pde.stencil [array<i64: 0, 1>, array<i64: 2, 1>] weights(%half, %half) : <2>
    %q = pde.restrict %s, %x : <2>, <@X, f64> -> <@C, f64>
    pde.yield %q : !pde.field<@C, f64>
  }
  pde.output "u" %u : <@X, f64>
  pde.output "c" %c : <@C, f64>
}

// What is read as a whole between the two.
// CHECK-LABEL: pde.program @between
// CHECK-COUNT-2: pde.sweep
// CHECK-NOT: pde.sweep
// CHECK: pde.output "v"
pde.program @between {
  %f = pde.input "f" -> <@X, f64>
  %u = pde.sweep (%x = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %m = pde.map (%p = %x : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %g = arith.mulf %p, %p : f64
      pde.yield %g : f64
    }
    pde.yield %m : !pde.field<@X, f64>
  }
  %n = pde.reduce sum %u : !pde.field<@X, f64>
  %v = pde.sweep (%x = %u : !pde.field<@X, f64>, %y = %n : f64) -> !pde.field<@X, f64> {
    %m = pde.map (%p = %x : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %g = arith.divf %p, %y : f64
      pde.yield %g : f64
    }
    pde.yield %m : !pde.field<@X, f64>
  }
  pde.output "v" %v : <@X, f64>
}

// CHECK-LABEL: pde.program @around
// CHECK: pde.steps
// CHECK: pde.sweep
// CHECK: pde.sweep
// CHECK: pde.output "v"
pde.program @around {
  %c2 = arith.constant 2 : i64
  %f = pde.input "f" -> <@P, f64>
  %u = pde.steps %c2 pass %k carry (%v = %f : !pde.field<@P, f64>) {
    %w = pde.sweep (%x = %v : !pde.field<@P, f64>) -> !pde.field<@P, f64> {
      %m = pde.map (%p = %x : !pde.field<@P, f64>) -> !pde.field<@P, f64> {
        %g = arith.mulf %p, %p : f64
        pde.yield %g : f64
      }
      pde.yield %m : !pde.field<@P, f64>
    }
    pde.yield %w : !pde.field<@P, f64>
  }
  %v = pde.sweep (%x = %u : !pde.field<@P, f64>) -> !pde.field<@P, f64> {
    %m = pde.map (%p = %x : !pde.field<@P, f64>) -> !pde.field<@P, f64> {
      %g = arith.addf %p, %p : f64
      pde.yield %g : f64
    }
    pde.yield %m : !pde.field<@P, f64>
  }
  pde.output "v" %v : <@P, f64>
}

// CHECK-LABEL: pde.program @line
// CHECK-COUNT-2: pde.sweep
// CHECK: pde.output "v"
pde.program @line {
  %f = pde.input "f" -> <@L, f64>
  %u = pde.sweep (%x = %f : !pde.field<@L, f64>) -> !pde.field<@L, f64> {
    %m = pde.map (%p = %x : !pde.field<@L, f64>) -> !pde.field<@L, f64> {
      %g = arith.mulf %p, %p : f64
      pde.yield %g : f64
    }
    pde.yield %m : !pde.field<@L, f64>
  }
  %v = pde.sweep (%x = %u : !pde.field<@L, f64>) -> !pde.field<@L, f64> {
    %m = pde.map (%p = %x : !pde.field<@L, f64>) -> !pde.field<@L, f64> {
      %g = arith.addf %p, %p : f64
      pde.yield %g : f64
    }
    pde.yield %m : !pde.field<@L, f64>
  }
  pde.output "v" %v : <@L, f64>
}
