// RUN: %pde-opt %s -split-input-file -verify-diagnostics

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %n = arith.constant 3 : i64
  %f = pde.input "f" -> <@X, f64>
  // expected-error@+1 {{'pde.steps' op needs the pass and the carried values as arguments}}
  %r = "pde.steps"(%n, %f) ({
  ^bb0(%u : !pde.field<@X, f64>):
    pde.yield %u : !pde.field<@X, f64>
  }) : (i64, !pde.field<@X, f64>) -> !pde.field<@X, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %n = arith.constant 3 : i64
  %f = pde.input "f" -> <@X, f64>
  // expected-error@+1 {{'pde.steps' op carries values that change their type}}
  %r = "pde.steps"(%n, %f) ({
  ^bb0(%pass : i64, %u : f64):
    pde.yield %u : f64
  }) : (i64, !pde.field<@X, f64>) -> f64
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %n = arith.constant 3 : i64
  %c = arith.constant 3.0 : f64
  // expected-error@+1 {{'pde.steps' op yields other types than it promises}}
  %r = pde.steps %n pass %pass carry (%a = %c : f64) {
    pde.yield %pass : i64
  }
}
