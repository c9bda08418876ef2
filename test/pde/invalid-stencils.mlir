// RUN: %pde-opt %s -split-input-file -verify-diagnostics

pde.program @p {
  // expected-error@+1 {{'pde.stencil' op needs as many offsets as weights, and at least one}}
  %k = pde.stencil [] weights() : <1>
}

// -----

pde.program @p {
  %c = arith.constant 1.0 : f64
  // expected-error@+1 {{'pde.stencil' op needs as many offsets as weights, and at least one}}
  %k = pde.stencil [array<i64: 0>, array<i64: 1>] weights(%c) : <1>
}

// -----

pde.program @p {
  %c = arith.constant 1.0 : f64
  // expected-error@+1 {{'pde.stencil' op needs one integer for each axis in an offset}}
  %k = pde.stencil [array<i64: 0, 1>] weights(%c) : <1>
}

// -----

pde.program @p {
  %c = arith.constant 1.0 : f64
  // expected-error@+1 {{'pde.stencil' op attribute 'offsets' failed to satisfy constraint: the offset of each tap, array<i64: ...>}}
  %k = pde.stencil [1] weights(%c) : <1>
}

// -----

// The order of the offsets is the order of the sum.
pde.program @p {
  %c = arith.constant 1.0 : f64
  // expected-error@+1 {{'pde.stencil' op needs its offsets in ascending order}}
  %k = pde.stencil [array<i64: 1>, array<i64: 0>] weights(%c, %c) : <1>
}

// -----

pde.program @p {
  %c = arith.constant 1.0 : f64
  // expected-error@+1 {{'pde.stencil' op needs its offsets in ascending order}}
  %k = pde.stencil [array<i64: 1>, array<i64: 1>] weights(%c, %c) : <1>
}

// -----

// Not array<i64>.
pde.program @p {
  %c = arith.constant 1.0 : f64
  // expected-error@+1 {{'pde.stencil' op attribute 'offsets' failed to satisfy constraint: the offset of each tap, array<i64: ...>}}
  %k = pde.stencil [array<i32: 1>] weights(%c) : <1>
}
