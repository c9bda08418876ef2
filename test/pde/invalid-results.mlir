// RUN: %pde-opt %s -split-input-file -verify-diagnostics
// Outputs that are numbers, and records.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  pde.output "u" %f : <@X, f64>
  // expected-error@+1 {{'pde.number' op has the name of another: 'u'}}
  pde.number "u" %c
}

// -----

pde.program @p {
  %c = arith.constant 1.0 : f64
  // expected-error@+1 {{'pde.number' op needs a name of letters, digits and underscores, not 'a b'}}
  pde.number "a b" %c
}

// -----

pde.program @p {
  %n = arith.constant 1 : i64
  %c = arith.constant 1.0 : f64
  // expected-error@+1 {{'pde.steps' op holds fields, loops and scalars only, not pde.number}}
  pde.steps %n pass %i carry () {
    pde.number "a" %c
    pde.yield
  }
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %n = arith.constant 1 : i64
  %c = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  // expected-error@+1 {{'pde.record' op needs one field or numbers}}
  pde.record "r" at %n, %f, %c : !pde.field<@X, f64>, f64
}

// -----

pde.program @p {
  %n = arith.constant 1 : i64
  // expected-error@+1 {{'pde.record' op needs one field or numbers}}
  "pde.record"(%n) {name = "r"} : (i64) -> ()
}

// -----

pde.program @p {
  %n = arith.constant 1 : i64
  %c = arith.constant 1.0 : f64
  // expected-error@+1 {{'pde.record' op needs a name of letters, digits and underscores, not ''}}
  pde.record "" at %n, %c : f64
}
