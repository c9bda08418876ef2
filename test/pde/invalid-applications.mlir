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
  // expected-error@+1 {{'pde.apply' op needs 2 operands for its outside: 1 for the dirichlet side low of axis 0, 1 for the dirichlet side high of axis 0}}
  %d = pde.apply %k, %f outside(%c : f64) : <1>, <@X, f64> -> <@X, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: 0>] weights(%c) : <1>
  // expected-error@+1 {{'pde.apply' op needs 0 operands for its outside}}
  %d = pde.apply %k, %f outside(%c : f64) : <1>, <@X, f64> -> <@X, f64>
}

// -----

// Where a field goes on beyond a side, it has all rows that the taps reach.
pde.grid @X [#pde.axis<"x" : dirichlet, reflecting>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: 0>, array<i64: 1>] weights(%c, %c) : <1>
  %d = pde.apply %k, %f outside(%c : f64) : <1>, <@X, f64> -> <@X, f64, [1], [0]>
  // expected-error@+1 {{'pde.apply' op needs 1 more rows of its field at the low side of axis x, or none}}
  %e = pde.apply %k, %d outside(%c : f64) : <1>, <@X, f64, [1], [0]> -> <@X, f64, [2], [0]>
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

func.func @f(%f : !pde.field<@Y, f64>) {
  %c = arith.constant 1.0 : f64
  %k = pde.stencil [array<i64: 0>] weights(%c) : <1>
  // expected-error@+1 {{'pde.apply' op uses the unknown grid @Y}}
  %d = pde.apply %k, %f : <1>, <@Y, f64> -> <@Y, f64>
  return
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

// Where an adjoint's result goes on beyond a side, it has all rows that the
// transpose reaches, and no rule asks for weights.
pde.grid @X [#pde.axis<"x" : robin, reflecting>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: -2>, array<i64: 0>] weights(%c, %c) : <1>
  // expected-error@+1 {{'pde.adjoint' op needs 1 more rows of its result at the low side of axis x, or none}}
  %a = pde.adjoint %k, %f : <1>, <@X, f64> -> <@X, f64, [1], [0]>
}

// -----

pde.grid @X [#pde.axis<"x" : robin, reflecting>, #pde.axis<"y" : reflecting, reflecting>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: -2, 0>, array<i64: 0, 3>] weights(%c, %c) : <2>
  // expected-error@+1 {{'pde.adjoint' op needs 1 more rows of its result at the high side of axis y, or none}}
  %a = pde.adjoint %k, %f : <2>, <@X, f64> -> <@X, f64, [2, 0], [0, 2]>
}

// -----

pde.grid @X [#pde.axis<"x" : robin, reflecting>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: -2>, array<i64: 0>] weights(%c, %c) : <1>
  // expected-error@+1 {{'pde.adjoint' op needs 0 weights}}
  %a = pde.adjoint %k, %f weights(%c, %c) : <1>, <@X, f64> -> <@X, f64, [2], [0]>
}

// -----

pde.grid @X [#pde.axis<"x" : periodic, periodic>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: 0>] weights(%c) : <1>
  // expected-error@+1 {{'pde.apply' op needs periodic sides where its grid is periodic, and nowhere else, along axis x}}
  %d = pde.apply %k, %f sides [#pde.sides<reflecting, reflecting>] : <1>, <@X, f64> -> <@X, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: 0>] weights(%c) : <1>
  // expected-error@+1 {{'pde.apply' op needs sides for each of 1 axes}}
  %d = pde.apply %k, %f sides [] : <1>, <@X, f64> -> <@X, f64>
}

// -----

// A weight and a factor for each of two distances, and the value.
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: -2>] weights(%c) : <1>
  // expected-error@+1 {{'pde.apply' op needs 5 operands for its outside: 5 for the robin side low of axis 0}}
  %d = pde.apply %k, %f outside(%c : f64) sides [#pde.sides<robin, reflecting>] : <1>, <@X, f64> -> <@X, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: -1>] weights(%c) : <1>
  // expected-error@+1 {{'pde.apply' op needs numbers as weights and factors}}
  %d = pde.apply %k, %f outside(%f, %c, %c : !pde.field<@X, f64>, f64, f64) sides [#pde.sides<robin, reflecting>] : <1>, <@X, f64> -> <@X, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : neumann, reflecting>]
pde.grid @Y [#pde.axis<"x" : neumann, reflecting>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %g = pde.input "g" -> <@Y, f64>
  %k = pde.stencil [array<i64: -1>] weights(%c) : <1>
  // expected-error@+1 {{'pde.apply' op needs a number, or a field of its own grid and element type, for the value of a side}}
  %d = pde.apply %k, %f outside(%g : !pde.field<@Y, f64>) : <1>, <@X, f64> -> <@X, f64>
}

// -----

// Two weights for each of the positions that the transpose spills over.
pde.grid @X [#pde.axis<"x" : extrapolated, reflecting>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: -2>, array<i64: 0>] weights(%c, %c) : <1>
  // expected-error@+1 {{'pde.adjoint' op needs 4 weights: 4 for the extrapolated side low of axis 0}}
  %a = pde.adjoint %k, %f weights(%c) : <1>, <@X, f64> -> <@X, f64>
}

// -----

// A circle has no rows beyond its cells.
pde.grid @X [#pde.axis<"x" : periodic, periodic>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: 0>] weights(%c) : <1>
  // expected-error@+1 {{'pde.apply' op gives '!pde.field<@X, f64>'}}
  %d = pde.apply %k, %f : <1>, <@X, f64> -> <@X, f64, [1], [0]>
}

// -----

// The argument's rows are counted before anything is made of them.
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
func.func @f(%f : !pde.field<@X, f64, [1, 0], [0, 0]>) {
  %c = arith.constant 1.0 : f64
  %k = pde.stencil [array<i64: 0>] weights(%c) : <1>
  // expected-error@+1 {{'pde.adjoint' op needs rows for each axis of its grid}}
  %d = pde.adjoint %k, %f : <1>, <@X, f64, [1, 0], [0, 0]> -> <@X, f64>
  return
}

// -----

pde.grid @X [#pde.axis<"x" : periodic, periodic>]
func.func @f(%f : !pde.field<@X, f64, [1], [0]>) {
  %c = arith.constant 1.0 : f64
  %k = pde.stencil [array<i64: 0>] weights(%c) : <1>
  // expected-error@+1 {{'pde.apply' op needs a field without extra rows along the periodic axis x}}
  %d = pde.apply %k, %f : <1>, <@X, f64, [1], [0]> -> <@X, f64>
  return
}

// -----

pde.grid @X [#pde.axis<"x" : periodic, periodic>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: 0>] weights(%c) : <1>
  // expected-error@+1 {{'pde.adjoint' op needs a result without extra rows along the periodic axis x}}
  %a = pde.adjoint %k, %f : <1>, <@X, f64> -> <@X, f64, [1], [0]>
}
