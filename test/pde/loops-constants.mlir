// RUN: %pde-opt %s --sccp --canonicalize | FileCheck %s
// Upstream's passes know where control goes: a loop may make no pass, so that its
// results are what it was given or what a pass hands on.

pde.program @p {
  %n = pde.param "n" = 3 : i64 : i64
  %one = arith.constant 1.0 : f64
  %two = arith.constant 2.0 : f64
  // CHECK: %[[R:.*]]:3 = pde.steps
  // What stays as it was given is known in and after the loop, for any number of
  // passes; what a pass makes is not, nor is the pass.
  %r:3 = pde.steps %n pass %i carry (%a = %one : f64, %b = %one : f64, %c = %one : f64) {
    // CHECK: %[[PASS:.*]] = arith.sitofp
    %pass = arith.sitofp %i : i64 to f64
    // CHECK: pde.yield %{{.*}}, %{{.*}}, %[[PASS]]
    pde.yield %a, %two, %pass : f64, f64, f64
  }
  // CHECK: pde.fixpoint
  %s:2 = pde.fixpoint %n pass %i carry (%a = %one : f64, %b = %one : f64) attributes {loop = 0 : i64, what = "a", measure = "value", line = 1 : i64} {
    %done = arith.cmpf olt, %a, %b : f64
    pde.until %done measured %a against %b yield %a, %two : f64, f64
  }
  // CHECK: pde.axis @X[0] first %[[ONE:.*]] spacing %[[R]]#1
  pde.axis @X[0] first %r#0 spacing %r#1
  // CHECK: pde.axis @X[0] first %[[R]]#2 spacing %[[ONE]]
  pde.axis @X[0] first %r#2 spacing %s#0
  // CHECK: pde.axis @X[0] first %{{.*}}#1 spacing %[[ONE]]
  pde.axis @X[0] first %s#1 spacing %one
}
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
