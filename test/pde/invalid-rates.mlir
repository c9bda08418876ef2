// What pde.rate and pde-evaluate-rates refuse.

// RUN: %pde-opt %s -split-input-file -verify-diagnostics --pde-evaluate-rates

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @two {
  // expected-error @+1 {{'pde.rate' op yields other types than it promises}}
  %r = "pde.rate"() <{kind = #pde<rate_kind norm>}> ({
  ^bb0(%u: !pde.field<@X, f64>, %v: !pde.field<@X, f64>):
    pde.yield %u : !pde.field<@X, f64>
  }) : () -> f64
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @other {
  // expected-error @+1 {{'pde.rate' op yields other types than it promises}}
  %r = pde.rate norm of (%u : !pde.field<@X, f64>) {
    %s = pde.reduce sum %u : !pde.field<@X, f64>
    pde.yield %s : f64
  }
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @port {
  // expected-error @+1 {{'pde.rate' op holds fields, loops and scalars only, not pde.output}}
  %r = pde.rate norm of (%u : !pde.field<@X, f64>) {
    pde.output "u" %u : !pde.field<@X, f64>
    pde.yield %u : !pde.field<@X, f64>
  }
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @kind {
  // expected-error @+1 {{expected norm, slowest or fastest}}
  %r = pde.rate largest of (%u : !pde.field<@X, f64>) {
    pde.yield %u : !pde.field<@X, f64>
  }
}

// -----

pde.grid @X [#pde.axis<"x" : periodic, periodic>]
pde.program @unbounded {
  %one = arith.constant 1.0 : f64
  %less = arith.constant -1.0 : f64
  %k = pde.stencil [array<i64: 0>, array<i64: 1>] weights(%one, %less) : <1>
  // expected-error @+1 {{'pde.rate' op is not bounded}}
  %r = pde.rate norm of (%u : !pde.field<@X, f64>) {
    // expected-note @+1 {{this operator is not known to be symmetric}}
    %v = pde.apply %k, %u : <1>, <@X, f64> -> <@X, f64>
    pde.yield %v : !pde.field<@X, f64>
  }
  %f = pde.input "f" -> <@X, f64>
  pde.output "u" %f : <@X, f64>
}
