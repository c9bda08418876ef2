// RUN: %pde-opt %s --pde-tile-sweeps --verify-diagnostics
// Tiles are made of a plan only.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %f = pde.input "f" -> <@X, f64>
  // expected-error@+1 {{has no plan: pde-plan-sweeps makes one}}
  %v = pde.sweep (%u = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %w = pde.map (%s = %u : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      pde.yield %s : f64
    }
    pde.yield %w : !pde.field<@X, f64>
  }
  pde.output "v" %v : <@X, f64>
}
