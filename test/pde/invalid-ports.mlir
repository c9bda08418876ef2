// RUN: %pde-opt %s -split-input-file -verify-diagnostics
// What users hand over and get lives on the cells.

pde.grid @X [#pde.axis<"x" : dirichlet, dirichlet>]
pde.program @p {
  // expected-error@+1 {{'pde.input' op cannot have extra rows}}
  %f = pde.input "f" -> <@X, f64, [1], [0]>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %f = pde.input "f" -> <@X, f64>
  // expected-error@+1 {{'pde.input' op has a default of another type}}
  %g = pde.input "g" default %f : !pde.field<@X, f64> -> <@X, f32>
}

// -----

pde.grid @X [#pde.axis<"x" : dirichlet, dirichlet>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: 0>, array<i64: 1>] weights(%c, %c) : <1>
  %d = pde.apply %k, %f outside(%c, %c : f64, f64) : <1>, <@X, f64> -> <@X, f64, [1], [0]>
  // expected-error@+1 {{'pde.output' op cannot have extra rows}}
  pde.output "u" %d : <@X, f64, [1], [0]>
}
