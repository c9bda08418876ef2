// RUN: %pde-opt %s -split-input-file -verify-diagnostics

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>, #pde.axis<"y" : reflecting, reflecting>]
pde.grid @X.y [#pde.axis<"x" : reflecting, reflecting, 1>, #pde.axis<"y" : reflecting, reflecting>] coarsens @X
pde.program @axis {
  %u = pde.input "u" -> <@X, f64>
  // expected-error@+1 {{names axis 2 of a grid of rank 2}}
  %s = pde.along sum %u axis 2 : <@X, f64> -> <@X.y, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>, #pde.axis<"y" : reflecting, reflecting>]
pde.grid @X.y [#pde.axis<"x" : reflecting, reflecting, 1>, #pde.axis<"y" : reflecting, reflecting>] coarsens @X
pde.program @other_axis {
  %u = pde.input "u" -> <@X, f64>
  // expected-error@+1 {{makes fields of another grid than 'X.y'}}
  %s = pde.along sum %u axis 1 : <@X, f64> -> <@X.y, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>, #pde.axis<"y" : reflecting, reflecting>]
pde.grid @X.y [#pde.axis<"x" : reflecting, reflecting, 1>, #pde.axis<"y" : reflecting, reflecting>] coarsens @X
pde.program @twice {
  %u = pde.input "u" -> <@X.y, f64>
  // expected-error@+1 {{makes fields of another grid than 'X.y'}}
  %s = pde.along min %u axis 0 : <@X.y, f64> -> <@X.y, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>, #pde.axis<"y" : reflecting, reflecting>]
pde.grid @X.1 [#pde.axis<"x" : reflecting, reflecting coarsened by cell>, #pde.axis<"y" : reflecting, reflecting coarsened by cell>] coarsens @X
pde.program @coarser {
  %u = pde.input "u" -> <@X.1, f64>
  // expected-error@+1 {{makes fields of another grid than 'X'}}
  %s = pde.along spread %u axis 0 : <@X.1, f64> -> <@X, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : dirichlet, reflecting>]
pde.program @rows {
  %u = pde.input "u" -> <@X, f64, [1], [0]>
  // expected-error@+1 {{needs fields without extra rows}}
  %s = pde.along cumulate %u axis 0 : <@X, f64, [1], [0]> -> <@X, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
// expected-error@+1 {{has a parent, and no size but one along axis x}}
pde.grid @X.1 [#pde.axis<"x" : reflecting, reflecting, 2>] coarsens @X
