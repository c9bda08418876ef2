// RUN: %pde-opt %s -split-input-file -verify-diagnostics
// Inputs have rows on faces where a grid ends.

pde.grid @X [#pde.axis<"x" : dirichlet, dirichlet>]
pde.grid @C [#pde.axis<"x" : periodic, periodic>]
pde.program @p {
  %f = pde.input "f" -> <@X, f64, [1], [0]>
  // expected-error@+1 {{'pde.input' op has extra rows along the periodic axis x}}
  %g = pde.input "g" -> <@C, f64, [1], [0]>
}

// -----

pde.grid @X [#pde.axis<"x" : dirichlet, dirichlet>]
pde.program @p {
  // expected-error@+1 {{'pde.input' op needs rows for each axis of its grid}}
  %f = pde.input "f" -> <@X, f64, [1, 0], [0, 0]>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %f = pde.input "f" -> <@X, f64>
  // expected-error@+1 {{'pde.input' op has a default of another type}}
  %g = pde.input "g" default %f : !pde.field<@X, f64> -> <@X, f32>
}

// -----

pde.program @p {
  // expected-error @below {{needs a name of letters, digits and underscores, not 'a; } evil { int b'}}
  %a = pde.param "a; } evil { int b" = 1.0 : f64 : f64
}

// -----

pde.program @p {
  %a = pde.param "a" = 1.0 : f64 : f64
  // expected-error @below {{has the name of another: 'a'}}
  %b = pde.param "a" = 2.0 : f64 : f64
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %u = pde.input "u" -> <@X, f64>
  // expected-error @below {{needs a name of letters, digits and underscores, not '../u'}}
  pde.output "../u" %u : <@X, f64>
}

// -----

// expected-error @below {{needs a name of letters, digits and underscores, not 'x y'}}
pde.grid @X [#pde.axis<"x y" : reflecting, reflecting>]

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  // expected-error @below {{needs a name of letters, digits and underscores, not 'f.pgm'}}
  %f = pde.input "f.pgm" -> <@X, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %f = pde.input "f" -> <@X, f64>
  // expected-error @below {{'pde.input' op has the name of another: 'f'}}
  %g = pde.input "f" -> <@X, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %f = pde.input "f" -> <@X, f64>
  pde.output "u" %f : <@X, f64>
  // expected-error @below {{'pde.output' op has the name of another: 'u'}}
  pde.output "u" %f : <@X, f64>
}

// -----

// expected-error @below {{'pde.program' op needs a name of letters, digits and underscores, not '1'}}
pde.program @"1" {
}

// -----

// expected-error @below {{'pde.program' op holds fields, loops, scalars and what users see only, not func.call}}
pde.program @p {
  %c = arith.constant 1 : i64
  func.call @f() : () -> ()
}
func.func private @f()
