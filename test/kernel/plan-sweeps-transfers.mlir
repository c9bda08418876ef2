// RUN: %pde-opt %s --pde-plan-sweeps | FileCheck %s
// RUN: %pde-opt %s --pde-plan-sweeps --pde-tile-sweeps --pde-split-boundary | FileCheck %s --check-prefix=ROWS
// What comes from another grid is stored for stencils, not for maps; rows that
// read beyond that grid's sides are at the boundary, all others interior.

pde.grid @X [#pde.axis<"x" : dirichlet, dirichlet>]
pde.grid @C [#pde.axis<"x" : dirichlet, dirichlet coarsened by vertex>] coarsens @X
pde.grid @Y [#pde.axis<"x" : dirichlet, dirichlet>]
pde.grid @D [#pde.axis<"x" : dirichlet, dirichlet coarsened by cell>] coarsens @Y
pde.program @p {
  %f = pde.input "f" -> <@X, f64>
  %g = pde.input "g" -> <@Y, f64>
  // Cell 2i + 2 is one of 2n + 1 for each cell i.
  // CHECK: pde.sweep {{.*}} -> !pde.field<@C, f64> attributes {{.*}}kernel.results = [#kernel.stage<0 reach <0 : 0> boundary <none : none>>]
  %r = pde.sweep (%u = %f : !pde.field<@X, f64>) -> !pde.field<@C, f64> {
    %one = arith.constant 1.0 : f64
    %k = pde.stencil [array<i64: 0>, array<i64: 1>, array<i64: 2>] weights(%one, %one, %one) : <1>
    %v = pde.restrict %k, %u : <1>, <@X, f64> -> <@C, f64>
    pde.yield %v : !pde.field<@C, f64>
  }
  // Cells -1 and 2n are beyond those of the first and the last.
  // CHECK: pde.sweep {{.*}} -> !pde.field<@D, f64> attributes {{.*}}boundary <1 : 1>>]
  %s = pde.sweep (%u = %g : !pde.field<@Y, f64>) -> !pde.field<@D, f64> {
    %one = arith.constant 1.0 : f64
    %k = pde.stencil [array<i64: -1>, array<i64: 2>] weights(%one, %one) : <1>
    %v = pde.restrict %k, %u : <1>, <@Y, f64> -> <@D, f64>
    pde.yield %v : !pde.field<@D, f64>
  }
  // The first and the last vertex lie beside one coarser vertex only.
  // CHECK: pde.sweep {{.*}} -> !pde.field<@X, f64> attributes {{.*}}boundary <1 : 1>>]
  // CHECK-NOT: kernel.stage
  // CHECK: pde.yield
  // Vectors start at even cells.
  // ROWS-LABEL: func.func private @sweep2
  // ROWS: %[[EVEN:.*]] = arith.constant -2 : i64
  // ROWS: %[[B:.*]] = arith.andi %{{.*}}, %[[EVEN]]
  // ROWS: %[[BEGIN:.*]] = arith.minsi %[[B]]
  // ROWS: kernel.row interior from [%[[BEGIN]]]
  %t = pde.sweep (%u = %f : !pde.field<@X, f64>, %e = %r : !pde.field<@C, f64>) -> !pde.field<@X, f64> {
    %one = arith.constant 1.0 : f64
    %k = pde.stencil [array<i64: 0>, array<i64: 1>, array<i64: 2>] weights(%one, %one, %one) : <1>
    %v = pde.prolong %k, %e : <1>, <@C, f64> -> <@X, f64>
    %w = pde.map (%a = %u : !pde.field<@X, f64>, %b = %v : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %c = arith.addf %a, %b : f64
      pde.yield %c : f64
    }
    pde.yield %w : !pde.field<@X, f64>
  }
  // CHECK: pde.sweep
  // CHECK: pde.prolong {{.*}} {kernel.stage
  %d = pde.sweep (%e = %r : !pde.field<@C, f64>) -> !pde.field<@X, f64> {
    %one = arith.constant 1.0 : f64
    %zero = arith.constant 0.0 : f64
    %k = pde.stencil [array<i64: 0>, array<i64: 1>, array<i64: 2>] weights(%one, %one, %one) : <1>
    %v = pde.prolong %k, %e : <1>, <@C, f64> -> <@X, f64>
    %j = pde.stencil [array<i64: -1>, array<i64: 1>] weights(%one, %one) : <1>
    %w = pde.apply %j, %v outside(%zero, %zero : f64, f64) : <1>, <@X, f64> -> <@X, f64>
    pde.yield %w : !pde.field<@X, f64>
  }
  pde.output "s" %s : <@D, f64>
  pde.output "t" %t : <@X, f64>
  pde.output "d" %d : <@X, f64>
}
