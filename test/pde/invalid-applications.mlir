// RUN: %pde-opt %s -split-input-file -verify-diagnostics
// An application's rows follow from its stencil and the boundary of its grid.

pde.grid @X [#pde.axis<"x" : dirichlet, reflecting>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: 0>, array<i64: 1>] weights(%c, %c) : <1>
  // expected-error@+1 {{'pde.apply' op gives '!pde.field<@X, f64, [1], [0]>'}}
  %d = pde.apply %k, %f outside(%c : f64) : <1>, <@X, f64> -> <@X, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, dirichlet>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: -3>, array<i64: -2>] weights(%c, %c) : <1>
  // expected-error@+1 {{'pde.apply' op gives '!pde.field<@X, f64, [0], [3]>'}}
  %d = pde.apply %k, %f outside(%c : f64) : <1>, <@X, f64> -> <@X, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : dirichlet, dirichlet>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: 0>] weights(%c) : <1>
  // expected-error@+1 {{'pde.apply' op needs a value for each of 2 dirichlet and neumann sides}}
  %d = pde.apply %k, %f outside(%c : f64) : <1>, <@X, f64> -> <@X, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: 0>] weights(%c) : <1>
  // expected-error@+1 {{'pde.apply' op needs a value for each of 0 dirichlet and neumann sides}}
  %d = pde.apply %k, %f outside(%c : f64) : <1>, <@X, f64> -> <@X, f64>
}

// -----

// A field with a row on the face cannot be continued by the boundary rule.
pde.grid @X [#pde.axis<"x" : dirichlet, reflecting>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: 0>, array<i64: 1>] weights(%c, %c) : <1>
  %d = pde.apply %k, %f outside(%c : f64) : <1>, <@X, f64> -> <@X, f64, [1], [0]>
  // expected-error@+1 {{'pde.apply' op needs a field without extra rows}}
  %e = pde.apply %k, %d outside(%c : f64) : <1>, <@X, f64, [1], [0]> -> <@X, f64, [1], [0]>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: 0, 0>] weights(%c) : <2>
  // expected-error@+1 {{'pde.apply' op applies an operator of rank 2 on a grid of rank 1}}
  %d = pde.apply %k, %f : <2>, <@X, f64> -> <@X, f64>
}

// -----

pde.program @p {
  %c = arith.constant 1.0 : f64
  %k = pde.stencil [array<i64: 0>] weights(%c) : <1>
  %f = pde.input "f" -> <@Y, f64>
  // expected-error@+1 {{'pde.apply' op uses the unknown grid @Y}}
  %d = pde.apply %k, %f : <1>, <@Y, f64> -> <@Y, f64>
}

// -----

// Whoever reads an application finds the weights next to it.
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
func.func @f(%k : !pde.stencil<1>, %f : !pde.field<@X, f64>) {
  // expected-error@+1 {{'pde.apply' op needs its operator to come from a pde.stencil}}
  %d = pde.apply %k, %f : <1>, <@X, f64> -> <@X, f64>
  return
}

// -----

pde.grid @X [#pde.axis<"x" : dirichlet, reflecting>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: 0>, array<i64: 1>] weights(%c, %c) : <1>
  // expected-error@+1 {{'pde.adjoint' op takes '!pde.field<@X, f64, [1], [0]>'}}
  %d = pde.adjoint %k, %f : <1>, <@X, f64> -> <@X, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : dirichlet, reflecting>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: 0>, array<i64: 1>] weights(%c, %c) : <1>
  %d = pde.apply %k, %f outside(%c : f64) : <1>, <@X, f64> -> <@X, f64, [1], [0]>
  // expected-error@+1 {{'pde.adjoint' op gives a field without extra rows}}
  %a = pde.adjoint %k, %d : <1>, <@X, f64, [1], [0]> -> <@X, f64, [1], [0]>
}
