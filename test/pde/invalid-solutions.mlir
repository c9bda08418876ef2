// RUN: %pde-opt %s --split-input-file --verify-diagnostics
// What pde-differentiate relies on of what solves equations.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @start {
  %f = pde.input "f" -> <@X, f64>
  %c = arith.constant 0.5 : f64
  // expected-error@+1 {{'pde.solution' op needs a start for each value found, of its type}}
  %x = pde.solution %f : !pde.field<@X, f64> from %c : f64 -> !pde.field<@X, f64>
    attributes {noTangent = "no", noAdjoint = "no"} residual {
  ^bb0(%u: !pde.field<@X, f64>):
    pde.give %u : !pde.field<@X, f64>
  } tangent {} adjoint {}
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @reason {
  %f = pde.input "f" -> <@X, f64>
  // expected-error@+1 {{'pde.solution' op needs a reason for what is missing, and no other}}
  %x = pde.solution %f : !pde.field<@X, f64> -> !pde.field<@X, f64>
    attributes {noTangent = "no"} residual {
  ^bb0(%u: !pde.field<@X, f64>):
    pde.give %u : !pde.field<@X, f64>
  } tangent {} adjoint {}
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @arguments {
  %f = pde.input "f" -> <@X, f64>
  // expected-error@+1 {{'pde.solution' op needs arguments of the types of what is found}}
  %x = pde.solution %f : !pde.field<@X, f64> -> !pde.field<@X, f64>
    attributes {noTangent = "no"} residual {
  ^bb0(%u: !pde.field<@X, f64>):
    pde.give %u : !pde.field<@X, f64>
  } tangent {} adjoint {
  ^bb0(%u: !pde.field<@X, f64>):
    pde.give %u : !pde.field<@X, f64>
  }
}
