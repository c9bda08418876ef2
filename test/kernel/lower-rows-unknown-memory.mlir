// RUN: %pde-opt %s --pde-lower-rows --verify-diagnostics
// A field that comes from elsewhere has no place in memory.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
func.func @unknown(%f: !pde.field<@X, f64>, %n: i64) {
  // expected-error@+1 {{has a field of which no kernel.memory tells where it lies}}
  kernel.row sides from [%n] to [%n] of [%n] reads (%u = %f : !pde.field<@X, f64>) writes (%f : !pde.field<@X, f64>) {
    kernel.write %u : !pde.field<@X, f64>
  }
  return
}
