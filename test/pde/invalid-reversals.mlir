// RUN: %pde-opt %s -split-input-file -verify-diagnostics

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %n = arith.constant 3 : i64
  %f = pde.input "f" -> <@X, f64>
  // expected-error@+1 {{'pde.reverse' op needs the first pass, the number of passes and the state as arguments}}
  %r = "pde.reverse"(%n, %f, %f) <{operandSegmentSizes = array<i32: 1, 1, 1>}> ({
  ^bb0(%first: i64, %u : !pde.field<@X, f64>):
    pde.yield %u : !pde.field<@X, f64>
  }, {
  ^bb0(%i : i64, %s : !pde.field<@X, f64>, %q : !pde.field<@X, f64>):
    pde.yield %q : !pde.field<@X, f64>
  }) : (i64, !pde.field<@X, f64>, !pde.field<@X, f64>) -> !pde.field<@X, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %n = arith.constant 3 : i64
  %f = pde.input "f" -> <@X, f64>
  // expected-error@+1 {{'pde.reverse' op needs the pass, its state and the carried values as arguments}}
  %r = pde.reverse %n replay %first for %m of (%u = %f : !pde.field<@X, f64>) {
    pde.yield %u : !pde.field<@X, f64>
  } back pass %i of (%s : f64) carry (%q = %f : !pde.field<@X, f64>) {
    pde.yield %q : !pde.field<@X, f64>
  }
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %n = arith.constant 3 : i64
  %c = arith.constant 0.5 : f64
  %f = pde.input "f" -> <@X, f64>
  // expected-error@+1 {{'pde.reverse' op yields other types than it promises}}
  %r = pde.reverse %n replay %first for %m of (%u = %f : !pde.field<@X, f64>) {
    pde.yield %c : f64
  } back pass %i of (%s : !pde.field<@X, f64>) carry (%q = %f : !pde.field<@X, f64>) {
    pde.yield %q : !pde.field<@X, f64>
  }
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %n = arith.constant 3 : i64
  %f = pde.input "f" -> <@X, f64>
  // expected-error@+1 {{'pde.reverse' op carries values that change their type}}
  %r = "pde.reverse"(%n, %f, %f) <{operandSegmentSizes = array<i32: 1, 1, 1>}> ({
  ^bb0(%first: i64, %m : i64, %u : !pde.field<@X, f64>):
    pde.yield %u : !pde.field<@X, f64>
  }, {
  ^bb0(%i : i64, %s : !pde.field<@X, f64>, %q : !pde.field<@X, f64>):
    pde.yield %q : !pde.field<@X, f64>
  }) : (i64, !pde.field<@X, f64>, !pde.field<@X, f64>) -> f64
}
