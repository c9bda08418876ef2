// RUN: %pde-opt %s --pde-differentiate --canonicalize --split-input-file | FileCheck %s
// Each operation is gone back through by its transpose.

// An apply becomes the adjoint of its operator; the value at the side has no part in it.
pde.grid @X [#pde.axis<"x" : dirichlet, reflecting>]
pde.program @apply {
  // CHECK-LABEL: pde.program @apply
  // CHECK: %[[K:.*]] = pde.stencil [array<i64: 0>, array<i64: 1>]
  // CHECK: %[[P:.*]] = pde.map () -> !pde.field<@X, f64, [1], [0]>
  // CHECK: %[[G:.*]] = pde.adjoint %[[K]], %[[P]] : <1>, <@X, f64, [1], [0]> -> <@X, f64>
  // CHECK: pde.output "g" %[[G]]
  %w = pde.param "w" = 2.0 : f64 : f64
  %b = pde.param "b" = 1.0 : f64 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: 0>, array<i64: 1>] weights(%w, %w) : <1>
  %v = pde.apply %k, %f outside(%b : f64) : <1>, <@X, f64> -> <@X, f64, [1], [0]>
  %j = pde.reduce sum %v : !pde.field<@X, f64, [1], [0]>
  %g = pde.gradient %j by %f : !pde.field<@X, f64>
  pde.output "g" %g : <@X, f64>
}

// -----

// A weight's share: what comes back times what the operator gives with that weight
// one and all others zero. The value's share: what the operator gives for a value of
// one and a field of zeros.
pde.grid @X [#pde.axis<"x" : dirichlet, reflecting>]
pde.program @sides_and_weights {
  // CHECK-LABEL: pde.program @sides_and_weights
  // CHECK-DAG: %[[ZERO:.*]] = arith.constant 0.0
  // CHECK-DAG: %[[ONE:.*]] = arith.constant 1.0
  // CHECK: %[[B:.*]] = pde.param "b"
  // CHECK: %[[F:.*]] = pde.input "f"
  // CHECK: %[[K:.*]] = pde.stencil
  // CHECK: %[[P:.*]] = pde.map ({{.*}} = %[[F]] :
  // CHECK: %[[TAP:.*]] = pde.stencil [array<i64: -1>, array<i64: 0>] weights(%[[ONE]], %[[ZERO]])
  // CHECK: %[[TAPS:.*]] = pde.apply %[[TAP]], %[[F]] outside(%[[B]] : f64)
  // CHECK: pde.reduce dot %[[P]], %[[TAPS]]
  // CHECK: %[[ZEROS:.*]] = pde.map ()
  // CHECK-DAG: %[[WITH:.*]] = pde.apply %[[K]], %[[ZEROS]] outside(%[[ONE]] : f64)
  // CHECK-DAG: %[[WITHOUT:.*]] = pde.apply %[[K]], %[[ZEROS]] outside(%[[ZERO]] : f64)
  // CHECK: %[[SIDE:.*]] = pde.map ({{.*}} = %[[WITH]] : {{.*}} = %[[WITHOUT]] :
  // CHECK: pde.reduce dot %[[P]], %[[SIDE]]
  %w = pde.param "w" = 2.0 : f64 : f64
  %one = arith.constant 1.0 : f64
  %b = pde.param "b" = 1.0 : f64 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: -1>, array<i64: 0>] weights(%w, %one) : <1>
  %v = pde.apply %k, %f outside(%b : f64) : <1>, <@X, f64> -> <@X, f64>
  %j = pde.reduce dot %v, %f : !pde.field<@X, f64>, !pde.field<@X, f64>
  %g = pde.gradient %j by %w : f64
  %h = pde.gradient %j by %b : f64
  %s = pde.map (%a = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %x = arith.mulf %a, %g : f64
    %y = arith.mulf %x, %h : f64
    pde.yield %y : f64
  }
  pde.output "g" %s : <@X, f64>
}

// -----

// Restriction and prolongation change places.
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @Y [#pde.axis<"x" : reflecting, reflecting>] coarsens @X
pde.program @transfers {
  // CHECK-LABEL: pde.program @transfers
  // CHECK: %[[K:.*]] = pde.stencil
  // CHECK: %[[U:.*]] = pde.restrict %[[K]], %{{.*}} <@X, f64> -> <@Y, f64>
  // CHECK: %[[Q:.*]] = pde.restrict %[[K]], %{{.*}} <@X, f64> -> <@Y, f64>
  // CHECK: %[[M:.*]] = pde.map (%[[A:.*]] = %[[U]] : {{.*}}, %[[C:.*]] = %[[Q]] :
  // CHECK: %[[E:.*]] = pde.exp %[[A]]
  // CHECK: arith.mulf %[[C]], %[[E]]
  // CHECK: pde.prolong %[[K]], %[[M]] : <1>, <@Y, f64> -> <@X, f64>
  %w = arith.constant 0.5 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: 0>, array<i64: 1>] weights(%w, %w) : <1>
  %r = pde.restrict %k, %f : <1>, <@X, f64> -> <@Y, f64>
  %q = pde.map (%a = %r : !pde.field<@Y, f64>) -> !pde.field<@Y, f64> {
    %e = pde.exp %a : f64
    pde.yield %e : f64
  }
  %p = pde.prolong %k, %q : <1>, <@Y, f64> -> <@X, f64>
  %j = pde.reduce sum %p : !pde.field<@X, f64>
  %g = pde.gradient %j by %f : !pde.field<@X, f64>
  pde.output "g" %g : <@X, f64>
}

// -----

// What has no part in the number has the derivative zero.
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @nothing {
  // CHECK-LABEL: pde.program @nothing
  // CHECK-DAG: %[[ZERO:.*]] = arith.constant 0.0
  // CHECK-DAG: %[[ONE:.*]] = arith.constant 1.0
  // CHECK: %[[A:.*]] = pde.map ()
  // CHECK-NEXT: pde.yield %[[ONE]]
  // CHECK: %[[B:.*]] = pde.map ()
  // CHECK-NEXT: pde.yield %[[ZERO]]
  // CHECK: pde.output "a" %[[A]]
  // CHECK: pde.output "b" %[[B]]
  %f = pde.input "f" -> <@X, f64>
  %h = pde.input "h" -> <@X, f64>
  %j = pde.reduce sum %f : !pde.field<@X, f64>
  %a = pde.gradient %j by %f : !pde.field<@X, f64>
  %b = pde.gradient %j by %h : !pde.field<@X, f64>
  pde.output "a" %a : <@X, f64>
  pde.output "b" %b : <@X, f64>
}

// -----

// The greatest cells share what comes back. Of a quotient, both operands have a
// share; a number that cells use has the sum of theirs.
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @maps {
  // CHECK-LABEL: pde.program @maps
  // CHECK: %[[N:.*]] = pde.param "c"
  // CHECK: %[[V:.*]] = pde.map
  // CHECK: %[[MAX:.*]] = pde.reduce max %[[V]]
  // CHECK: %[[IS:.*]] = pde.map (%[[X:.*]] = %[[V]] :
  // CHECK: arith.cmpf oeq, %[[X]], %[[MAX]]
  // CHECK: %[[COUNT:.*]] = pde.reduce dot %[[IS]], %[[IS]]
  // CHECK: %[[EACH:.*]] = arith.divf %{{.*}}, %[[COUNT]]
  // CHECK: %[[P:.*]] = pde.map ({{.*}} = %[[IS]] :
  // CHECK: pde.map (%[[A:.*]] = {{.*}}, %[[B:.*]] = {{.*}}, %[[C:.*]] = %[[P]] :
  // CHECK: %[[Q:.*]] = arith.divf %[[A]], %[[B]]
  // CHECK: %[[T:.*]] = arith.mulf %[[C]], %[[N]]
  // CHECK: %[[I:.*]] = arith.divf %{{.*}}, %[[B]]
  // CHECK: %[[S:.*]] = arith.mulf %[[T]], %[[I]]
  // CHECK: %[[R:.*]] = arith.mulf %[[S]], %[[Q]]
  // CHECK: arith.negf %[[R]]
  // CHECK: %[[SHARE:.*]] = pde.map
  // CHECK: arith.divf
  // CHECK-NEXT: arith.mulf
  // CHECK: pde.reduce sum %[[SHARE]]
  %c = pde.param "c" = 0.5 : f64 : f64
  %f = pde.input "f" -> <@X, f64>
  %h = pde.input "h" -> <@X, f64>
  %v = pde.map (%a = %f : !pde.field<@X, f64>, %b = %h : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %q = arith.divf %a, %b : f64
    %t = arith.mulf %q, %c : f64
    pde.yield %t : f64
  }
  %j = pde.reduce max %v : !pde.field<@X, f64>
  %g = pde.gradient %j by %h : !pde.field<@X, f64>
  %d = pde.gradient %j by %c : f64
  %s = pde.map (%a = %g : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %x = arith.mulf %a, %d : f64
    pde.yield %x : f64
  }
  pde.output "s" %s : <@X, f64>
}
