// RUN: %pde-opt %s -split-input-file -verify-diagnostics

// Sweeps hold nothing that would need a loop or a call of its own.
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  // expected-error@+1 {{'pde.sweep' op holds field operations, their stencils and scalars only, not pde.input}}
  %s = pde.sweep () -> !pde.field<@X, f64> {
    %f = pde.input "f" -> <@X, f64>
    pde.yield %f : !pde.field<@X, f64>
  }
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  // expected-error@+1 {{'pde.sweep' op yields other types than it promises}}
  %s = pde.sweep () -> !pde.field<@X, f64> {
    %c = arith.constant 1 : i64
    %f = pde.noise %c : <@X, f32>
    pde.yield %f : !pde.field<@X, f32>
  }
}

// -----

// Nothing reaches in from outside.
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %c = arith.constant 1 : i64
  // expected-note@+1 {{required by region isolation constraints}}
  %s = pde.sweep () -> !pde.field<@X, f64> {
    // expected-error@+1 {{'pde.noise' op using value defined outside the region}}
    %f = pde.noise %c : <@X, f64>
    pde.yield %f : !pde.field<@X, f64>
  }
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %c = arith.constant 1 : i64
  // expected-error@+1 {{'pde.sweep' op needs an argument of its type for each operand}}
  %s = "pde.sweep"(%c) ({
    %d = arith.constant 1 : i64
    %f = pde.noise %d : <@X, f64>
    pde.yield %f : !pde.field<@X, f64>
  }) : (i64) -> !pde.field<@X, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  // expected-error@+1 {{'pde.sweep' op needs a field that it computes}}
  pde.sweep () {
    pde.yield
  }
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %f = pde.input "f" -> <@X, f64>
  // expected-error@+1 {{'pde.sweep' op yields a field that it does not compute}}
  %s = pde.sweep (%u = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    pde.yield %u : !pde.field<@X, f64>
  }
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @Y [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  // expected-error@+1 {{'pde.sweep' op computes fields of one grid and element type}}
  %s:2 = pde.sweep () -> (!pde.field<@X, f64>, !pde.field<@Y, f64>) {
    %c = arith.constant 1 : i64
    %f = pde.noise %c : <@X, f64>
    %g = pde.noise %c : <@Y, f64>
    pde.yield %f, %g : !pde.field<@X, f64>, !pde.field<@Y, f64>
  }
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @Y [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  // expected-error@+1 {{'pde.sweep' op makes fields of its own grid only}}
  %s = pde.sweep () -> !pde.field<@X, f64> {
    %c = arith.constant 1 : i64
    %g = pde.noise %c : <@Y, f64>
    %f = pde.noise %c : <@X, f64>
    pde.yield %f : !pde.field<@X, f64>
  }
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  // expected-error@+1 {{'pde.sweep' op needs a pde.yield at the end of its region}}
  %s = pde.sweep () -> !pde.field<@X, f64> {
    llvm.unreachable
  }
}
