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
  // expected-error@+1 {{'pde.steps' op 0-th region iter_arg and 0-th yielded value have different type: 'f64' != 'i64'}}
  %r = pde.steps %n pass %pass carry (%a = %c : f64) {
    pde.yield %pass : i64
  }
}

// -----

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %n = arith.constant 3 : i64
  %f = pde.input "f" -> <@X, f64>
  // expected-error@+1 {{'pde.steps' op  region control flow edge from Region #0 to Region #0: source has 0 operands, but target successor needs 1}}
  %r = pde.steps %n pass %pass carry (%u = %f : !pde.field<@X, f64>) {
    pde.yield
  }
}

// -----

// Names are for messages.
pde.program @p {
  %n = arith.constant 3 : i64
  %c = arith.constant 3.0 : f64
  %true = arith.constant true
  // expected-error@+1 {{'pde.fixpoint' op needs a name of letters, digits and underscores, not 'the sum'}}
  %r = pde.fixpoint %n pass %pass carry (%a = %c : f64) attributes {loop = 0 : i64, what = "a", measure = "the sum", line = 1 : i64} {
    pde.until %true measured %a against %c yield %a : f64
  }
}

// -----

pde.program @p {
  %n = arith.constant 3 : i64
  %c = arith.constant 3.0 : f64
  %true = arith.constant true
  // expected-error@+1 {{'pde.fixpoint' op needs a name of letters, digits and underscores, not ''}}
  %r = pde.fixpoint %n pass %pass carry (%a = %c : f64) attributes {loop = 0 : i64, what = "", measure = "change", line = 1 : i64} {
    pde.until %true measured %a against %c yield %a : f64
  }
}

// -----

pde.program @p {
  %n = arith.constant 3 : i64
  %c = arith.constant 3.0 : f64
  %true = arith.constant true
  // expected-error@+1 {{'pde.fixpoint' op needs a number, from 0, as its loop}}
  %r = pde.fixpoint %n pass %pass carry (%a = %c : f64) attributes {loop = -1 : i64, what = "a", measure = "change", line = 1 : i64} {
    pde.until %true measured %a against %c yield %a : f64
  }
}

// -----

pde.program @p {
  %n = arith.constant 3 : i64
  %c = arith.constant 3.0 : f64
  %true = arith.constant true
  // expected-error@+1 {{'pde.fixpoint' op carries values that change their type}}
  %r = "pde.fixpoint"(%n, %c) <{loop = 0 : i64, what = "a", measure = "change", line = 1 : i64}> ({
  ^bb0(%pass : i64, %a : i64):
    pde.until %true measured %c against %c yield %a : i64
  }) : (i64, f64) -> i64
}

// -----

pde.program @p {
  %n = arith.constant 3 : i64
  // expected-error@+1 {{'pde.fixpoint' op needs a pde.until at the end of its region}}
  pde.fixpoint %n pass %pass carry () attributes {loop = 0 : i64, what = "a", measure = "change", line = 1 : i64} {
    llvm.unreachable
  }
}

// -----

pde.program @p {
  %n = arith.constant 3 : i64
  // expected-error@+1 {{'pde.steps' op needs a pde.yield at the end of its region}}
  pde.steps %n pass %pass carry () {
    llvm.unreachable
  }
}

// -----

pde.program @p {
  %n = arith.constant 3 : i64
  pde.fixpoint %n pass %pass carry () attributes {loop = 0 : i64, what = "a", measure = "change", line = 1 : i64} {
    // expected-error@+1 {{'pde.yield' op expects parent op to be one of 'pde.map, pde.rate, pde.reverse, pde.steps, pde.sweep'}}
    pde.yield
  }
}

// -----

pde.program @p {
  %n = arith.constant 3 : i64
  %c = arith.constant 3.0 : f64
  %true = arith.constant true
  pde.steps %n pass %pass carry () {
    // expected-error@+1 {{'pde.until' op expects parent op 'pde.fixpoint'}}
    pde.until %true measured %c against %c
  }
}

// -----

// What users see does not depend on a pass.
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %n = arith.constant 3 : i64
  %f = pde.input "f" -> <@X, f64>
  // expected-error@+1 {{'pde.steps' op holds fields, loops and scalars only, not pde.output}}
  pde.steps %n pass %pass carry () {
    pde.output "u" %f : <@X, f64>
    pde.yield
  }
}

// -----

pde.program @p {
  %n = arith.constant 3 : i64
  %c = arith.constant 3.0 : f64
  %true = arith.constant true
  // expected-error@+1 {{'pde.fixpoint' op holds fields, loops and scalars only, not pde.param}}
  pde.fixpoint %n pass %pass carry () attributes {loop = 0 : i64, what = "a", measure = "change", line = 1 : i64} {
    %a = pde.param "a" = 1.0 : f64 : f64
    pde.until %true measured %a against %c
  }
}

// -----

pde.program @p {
  %n = arith.constant 3 : i64
  // expected-error@+1 {{'pde.steps' op expects a non-empty block}}
  "pde.steps"(%n) ({
  ^bb0(%pass : i64):
  }) : (i64) -> ()
}

// -----

pde.program @p {
  %n = arith.constant 3 : i64
  // expected-error@+1 {{'pde.steps' op needs the pass and the carried values as arguments}}
  "pde.steps"(%n) ({
    pde.yield
  }) : (i64) -> ()
}
