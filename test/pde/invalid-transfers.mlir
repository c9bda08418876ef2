// RUN: %pde-opt %s -split-input-file -verify-diagnostics

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @X.1 [#pde.axis<"x" : reflecting, reflecting coarsened by cell>] coarsens @X
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: 0>] weights(%c) : <1>
  // expected-error@+1 {{'pde.restrict' op needs grids of which one coarsens the other, not @X and @X}}
  %d = pde.restrict %k, %f : <1>, <@X, f64> -> <@X, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @X.1 [#pde.axis<"x" : reflecting, reflecting coarsened by cell>] coarsens @X
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: 0>] weights(%c) : <1>
  // expected-error@+1 {{'pde.restrict' op uses the unknown grid @Y}}
  %d = pde.restrict %k, %f : <1>, <@X, f64> -> <@Y, f64>
}

// -----

// From the coarser grid to the finer one, and not the other way.
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @X.1 [#pde.axis<"x" : reflecting, reflecting coarsened by cell>] coarsens @X
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: 0>] weights(%c) : <1>
  // expected-error@+1 {{'pde.prolong' op needs grids of which one coarsens the other, not @X and @X.1}}
  %d = pde.prolong %k, %f : <1>, <@X, f64> -> <@X.1, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @X.1 [#pde.axis<"x" : reflecting, reflecting coarsened by cell>] coarsens @X
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: 0, 0>] weights(%c) : <2>
  // expected-error@+1 {{'pde.restrict' op needs a pde.stencil of the grids' rank}}
  %d = pde.restrict %k, %f : <2>, <@X, f64> -> <@X.1, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @X.1 [#pde.axis<"x" : reflecting, reflecting coarsened by cell>] coarsens @X
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64, [1], [0]>
  %k = pde.stencil [array<i64: 0>] weights(%c) : <1>
  // expected-error@+1 {{'pde.restrict' op needs fields without extra rows}}
  %d = pde.restrict %k, %f : <1>, <@X, f64, [1], [0]> -> <@X.1, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @X.1 [#pde.axis<"x" : reflecting, reflecting coarsened by cell>] coarsens @X
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: 0>] weights(%c) : <1>
  // expected-error@+1 {{'pde.restrict' op needs fields of one element type}}
  %d = pde.restrict %k, %f : <1>, <@X, f64> -> <@X.1, f32>
}

// -----

// A parent comes first, and has as many axes.
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
// expected-error@+1 {{'pde.grid' op needs a parent of its rank before it}}
pde.grid @X.1 [#pde.axis<"x" : reflecting, reflecting>, #pde.axis<"y" : reflecting, reflecting>] coarsens @X
