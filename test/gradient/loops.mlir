// RUN: %pde-opt %s --pde-differentiate --canonicalize --split-input-file | FileCheck %s
// How loops are gone back through.

// Linear steps are gone back through without any state, from the last pass to the
// first.
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @linear {
  // CHECK-LABEL: pde.program @linear
  // CHECK: %[[ONE:.*]] = arith.constant 1 : i64
  // CHECK: %[[N:.*]] = pde.param "n"
  // CHECK: pde.steps
  // CHECK-NOT: pde.reverse
  // CHECK: pde.steps %[[N]] pass %[[I:.*]] carry (%[[P:.*]] =
  // CHECK-NEXT: %[[LAST:.*]] = arith.subi %[[N]], %[[ONE]]
  // CHECK-NEXT: %[[PASS:.*]] = arith.subi %[[LAST]], %[[I]]
  // CHECK-NEXT: %[[T:.*]] = arith.sitofp %[[PASS]]
  // A factor stays behind the operator: one product for each cell.
  // CHECK: %[[Q:.*]] = pde.adjoint %{{.*}}, %[[P]]
  // CHECK: pde.map (%[[C:.*]] = %[[Q]] :
  // CHECK-NEXT: arith.mulf %[[C]], %[[T]]
  %n = pde.param "n" = 3 : i64 : i64
  %w = arith.constant 0.5 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: 0>, array<i64: 1>] weights(%w, %w) : <1>
  %r = pde.steps %n pass %pass carry (%u = %f : !pde.field<@X, f64>) {
    %t = arith.sitofp %pass : i64 to f64
    %v = pde.apply %k, %u : <1>, <@X, f64> -> <@X, f64>
    %x = pde.map (%a = %v : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %b = arith.mulf %a, %t : f64
      pde.yield %b : f64
    }
    pde.yield %x : !pde.field<@X, f64>
  }
  %j = pde.reduce sum %r : !pde.field<@X, f64>
  %g = pde.gradient %j by %f : !pde.field<@X, f64>
  pde.output "g" %g : <@X, f64>
}

// -----

// Others need the state of each pass, which the loop makes again. What each pass
// adds to the share of a number is carried.
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @with_states {
  // CHECK-LABEL: pde.program @with_states
  // CHECK: %[[N:.*]] = pde.param "n"
  // CHECK: %[[C:.*]] = pde.param "c"
  // CHECK: %[[F:.*]] = pde.input "f"
  // CHECK: pde.steps
  // CHECK: pde.reverse %[[N]] replay %{{.*}} for %[[M:.*]] of (%[[U:.*]] = %[[F]] :
  // CHECK: pde.steps %[[M]] pass %{{.*}} carry (%{{.*}} = %[[U]] :
  // CHECK: pde.sin
  // CHECK: } back pass %{{.*}} of (%[[S:.*]] : {{.*}}) carry (%[[P:.*]] = {{.*}}, %[[SUM:.*]] =
  // CHECK: %[[BACK:.*]] = pde.map (%[[A:.*]] = %[[S]] : {{.*}}, %{{.*}} = %[[P]] :
  // CHECK: pde.cos %[[A]]
  // CHECK: %[[SHARES:.*]] = pde.map
  // CHECK: %[[SHARE:.*]] = pde.reduce sum %[[SHARES]]
  // CHECK: %[[NEXT:.*]] = arith.addf %[[SUM]], %[[SHARE]]
  // CHECK: pde.yield %[[BACK]], %[[NEXT]]
  %n = pde.param "n" = 3 : i64 : i64
  %c = pde.param "c" = 0.5 : f64 : f64
  %f = pde.input "f" -> <@X, f64>
  %r = pde.steps %n pass %pass carry (%u = %f : !pde.field<@X, f64>) {
    %x = pde.map (%a = %u : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %s = pde.sin %a : f64
      %b = arith.mulf %s, %c : f64
      pde.yield %b : f64
    }
    pde.yield %x : !pde.field<@X, f64>
  }
  %j = pde.reduce sum %r : !pde.field<@X, f64>
  %g = pde.gradient %j by %f : !pde.field<@X, f64>
  %h = pde.gradient %j by %c : f64
  %s = pde.map (%a = %g : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %x = arith.mulf %a, %h : f64
    pde.yield %x : f64
  }
  pde.output "g" %s : <@X, f64>
}

// -----

// A fixed point needs its last state only: w + (dF/dv)' q is iterated, and what is
// left is one more pass, here through the identity.
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @implicit {
  // CHECK-LABEL: pde.program @implicit
  // CHECK: %[[V:.*]] = pde.fixpoint %[[MAX:.*]] pass
  // CHECK: %[[W:.*]] = pde.map ()
  // CHECK-NOT: pde.reverse
  // CHECK: %[[Q:.*]] = pde.fixpoint %[[MAX]] pass %{{.*}} carry (%[[P:.*]] = %[[W]] : {{.*}} loop = 1 : i64, measure = "derivative"
  // CHECK: %[[J:.*]] = pde.map (%[[A:.*]] = %[[V]] : {{.*}}, %{{.*}} = %[[P]] :
  // CHECK: pde.sin %[[A]]
  // CHECK: %[[NEXT:.*]] = pde.map ({{.*}} = %[[W]] : {{.*}}, %{{.*}} = %[[J]] :
  // CHECK: arith.addf
  // CHECK: pde.until %{{.*}} yield %[[NEXT]]
  // CHECK: pde.output "g" %[[Q]]
  %n = arith.constant 50 : i64
  %bound = arith.constant 1.0e-9 : f64
  %f = pde.input "f" -> <@X, f64>
  %r = pde.fixpoint %n pass %pass carry (%u = %f : !pde.field<@X, f64>) attributes {loop = 0 : i64, what = "u", measure = "change", line = 1 : i64} {
    %v = pde.map (%a = %u : !pde.field<@X, f64>, %b = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %s = pde.cos %a : f64
      %t = arith.addf %s, %b : f64
      pde.yield %t : f64
    }
    %d = pde.map (%a = %u : !pde.field<@X, f64>, %b = %v : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %s = arith.subf %a, %b : f64
      pde.yield %s : f64
    }
    %m = pde.reduce max_abs %d : !pde.field<@X, f64>
    %done = arith.cmpf olt, %m, %bound : f64
    pde.until %done measured %m against %bound yield %v : !pde.field<@X, f64>
  }
  %j = pde.reduce sum %r : !pde.field<@X, f64>
  %g = pde.gradient %j by %f : !pde.field<@X, f64>
  pde.output "g" %g : <@X, f64>
}

// -----

// A loop that goes on with what it has is gone back through pass by pass: it counts
// them.
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @accepted {
  // CHECK-LABEL: pde.program @accepted
  // CHECK: %[[R:.*]]:2 = pde.fixpoint {{.*}}, %[[K:.*]] = %{{.*}} : i64) attributes {accept
  // CHECK: %[[MORE:.*]] = arith.addi %[[K]]
  // CHECK: pde.until {{.*}} yield %{{.*}}, %[[MORE]]
  // CHECK: pde.reverse %[[R]]#1 replay
  %n = arith.constant 50 : i64
  %bound = arith.constant 1.0e-9 : f64
  %f = pde.input "f" -> <@X, f64>
  %r = pde.fixpoint %n pass %pass carry (%u = %f : !pde.field<@X, f64>) attributes {loop = 0 : i64, what = "u", measure = "change", line = 1 : i64, accept} {
    %v = pde.map (%a = %u : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %s = pde.cos %a : f64
      pde.yield %s : f64
    }
    %m = pde.reduce max_abs %v : !pde.field<@X, f64>
    %done = arith.cmpf olt, %m, %bound : f64
    pde.until %done measured %m against %bound yield %v : !pde.field<@X, f64>
  }
  %j = pde.reduce sum %r : !pde.field<@X, f64>
  %g = pde.gradient %j by %f : !pde.field<@X, f64>
  pde.output "g" %g : <@X, f64>
}
