// RUN: %pde-opt %s -split-input-file -verify-diagnostics

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @Y [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %f = pde.input "f" -> <@Y, f64>
  // expected-error@+1 {{'pde.map' op needs fields of one grid and element type}}
  %m = pde.map (%a = %f : !pde.field<@Y, f64>) -> !pde.field<@X, f64> {
    pde.yield %a : f64
  }
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %f = pde.input "f" -> <@X, f32>
  // expected-error@+1 {{'pde.map' op needs fields of one grid and element type}}
  %m = pde.map (%a = %f : !pde.field<@X, f32>) -> !pde.field<@X, f64> {
    %b = arith.extf %a : f32 to f64
    pde.yield %b : f64
  }
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %f = pde.input "f" -> <@X, f64>
  // expected-error@+1 {{'pde.map' op yields other types than it promises}}
  %m = pde.map (%a = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    pde.yield %a, %a : f64, f64
  }
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %f = pde.input "f" -> <@X, f64>
  // expected-error@+1 {{'pde.map' op needs a pde.yield at the end of its region}}
  %m = pde.map (%a = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    llvm.unreachable
  }
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %f = pde.input "f" -> <@X, f64>
  // expected-error@+1 {{'pde.map' op needs an argument for each field}}
  %m = "pde.map"(%f) ({
    %c = arith.constant 1.0 : f64
    pde.yield %c : f64
  }) : (!pde.field<@X, f64>) -> !pde.field<@X, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %f = pde.input "f" -> <@X, f64>
  // expected-error@+1 {{'pde.map' op needs arguments of the element type}}
  %m = "pde.map"(%f) ({
  ^bb0(%a : f32):
    %c = arith.constant 1.0 : f64
    pde.yield %c : f64
  }) : (!pde.field<@X, f64>) -> !pde.field<@X, f64>
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %u = pde.input "u" -> <@X, f64>
  // expected-error @below {{holds arithmetic on cells only, not pde.axis}}
  %v = pde.map (%a = %u : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    pde.axis @X[0] first %c spacing %c
    pde.yield %a : f64
  }
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %f = pde.input "f" -> <@X, f64>
  // expected-error@+1 {{'pde.map' op has rows that not all of its operands have}}
  %m = pde.map (%a = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64, [1], [0]> {
    pde.yield %a : f64
  }
}

// -----

// As many counts as axes, in the result as in an operand.
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %f = pde.input "f" -> <@X, f64, [1], [0]>
  // expected-error@+1 {{'pde.map' op needs rows for each axis of its grid}}
  %m = pde.map (%a = %f : !pde.field<@X, f64, [1], [0]>) -> !pde.field<@X, f64, [1, 0], [0, 0]> {
    pde.yield %a : f64
  }
}

// -----

pde.grid @C [#pde.axis<"x" : periodic, periodic>]
pde.program @p {
  // expected-error@+1 {{'pde.map' op has extra rows along the periodic axis x}}
  %m = pde.map () -> !pde.field<@C, f64, [1], [0]> {
    %c = arith.constant 1.0 : f64
    pde.yield %c : f64
  }
}

// -----

// Of the math dialect, what processors have; pde.log is the logarithm.
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %f = pde.input "f" -> <@X, f64>
  // expected-error@+1 {{'pde.map' op holds arithmetic on cells only, not math.log}}
  %m = pde.map (%a = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %b = math.log %a : f64
    pde.yield %b : f64
  }
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %f = pde.input "f" -> <@X, f32>
  %m = pde.map (%a = %f : !pde.field<@X, f32>) -> !pde.field<@X, f32> {
    // expected-error@+1 {{'pde.pow' op failed to verify that the exponent is as many f64}}
    %b = "pde.pow"(%a, %a) : (f32, f32) -> f32
    pde.yield %b : f32
  }
}
