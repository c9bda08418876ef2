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
