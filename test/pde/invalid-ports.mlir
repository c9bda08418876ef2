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
