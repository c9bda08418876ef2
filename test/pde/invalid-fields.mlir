// RUN: %pde-opt %s -split-input-file -verify-diagnostics
// Types of fields, and operations that name a grid.

// expected-error@+1 {{a field's element is f64 or f32}}
func.func private @f(!pde.field<@X, i32>)

// -----

// expected-error@+1 {{extra rows need a low and a high count for each axis}}
func.func private @f(!pde.field<@X, f64, [1], [0, 0]>)

// -----

// expected-error@+1 {{extra rows cannot be negative}}
func.func private @f(!pde.field<@X, f64, [-1], [0]>)

// -----

pde.program @p {
  // expected-error@+1 {{'pde.size' op uses the unknown grid @X}}
  %n = pde.size @X[0]
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  // expected-error@+1 {{'pde.size' op names axis 1 of a grid of rank 1}}
  %n = pde.size @X[1]
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  // expected-error@+1 {{'pde.axis' op names axis -1 of a grid of rank 1}}
  pde.axis @X[-1] first %c spacing %c
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  // expected-error@+1 {{'pde.coordinate' op names axis 2 of a grid of rank 1}}
  %x = pde.coordinate 2 first %c spacing %c : <@X, f64>
}

// -----

pde.program @p {
  // expected-error@+1 {{'pde.param' op has an initial value of another type}}
  %n = pde.param "n" = 1 : i64 : f64
}

// -----

pde.program @p {
  // expected-error@+1 {{'pde.input' op uses the unknown grid @X}}
  %f = pde.input "f" -> <@X, f64>
}

// -----

pde.program @p {
  %seed = arith.constant 1 : i64
  // expected-error@+1 {{'pde.noise' op uses the unknown grid @X}}
  %f = pde.noise %seed : <@X, f64>
}

// -----

pde.program @p {
  // expected-error@+1 {{'pde.map' op uses the unknown grid @X}}
  %f = pde.map () -> !pde.field<@X, f64> {
    %c = arith.constant 1.0 : f64
    pde.yield %c : f64
  }
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  // expected-error@+1 {{'pde.coordinate' op needs rows for each axis of its grid}}
  %f = pde.coordinate 0 first %c spacing %c : <@X, f64, [1, 0], [0, 0]>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: 0>] weights(%c) : <1>
  // expected-error@+1 {{'pde.apply' op needs rows for each axis of its grid}}
  %d = pde.apply %k, %f : <1>, <@X, f64> -> <@X, f64, [1, 0], [0, 0]>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %f = pde.input "f" -> <@X, f64>
  // expected-error@+1 {{'pde.reduce' op needs 2 fields}}
  %d = pde.reduce dot %f : !pde.field<@X, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %seed = arith.constant 1 : i64
  // expected-error@+1 {{'pde.noise' op cannot have extra rows}}
  %f = pde.noise %seed : <@X, f64, [1], [0]>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %f = pde.input "f" -> <@X, f64>
  %g = pde.input "g" -> <@X, f64, [1], [0]>
  // expected-error@+1 {{'pde.reduce' op needs fields of one grid with the same rows}}
  %d = pde.reduce dot %f, %g : !pde.field<@X, f64>, !pde.field<@X, f64, [1], [0]>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %f = pde.input "f" -> <@X, f64>
  %i = arith.constant 3 : i64
  // expected-error@+1 {{'pde.entry' op has an index outside of its extent 3}}
  %d = pde.entry %f[%i] of [3] : <@X, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %f = pde.input "f" -> <@X, f64>
  %i = pde.param "i" = 3 : i64 : i64
  // expected-error@+1 {{'pde.entry' op needs an index for each of its extents}}
  %d = pde.entry %f[%i] of [3, 2] : <@X, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %f = pde.input "f" -> <@X, f64, [1], [0]>
  %i = pde.param "i" = 3 : i64 : i64
  // expected-error@+1 {{'pde.entry' op needs an array without extra rows}}
  %d = pde.entry %f[%i] of [3] : <@X, f64, [1], [0]>
}
