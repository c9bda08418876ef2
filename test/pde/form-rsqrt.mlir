// RUN: %pde-opt %s --pde-form-rsqrt | FileCheck %s
// In a map, quotients by a square root that nothing else needs become products
// with the reciprocal root. A root that is used otherwise stays, and so does one
// of a scalar.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %c = pde.param "c" = 2.0 : f64 : f64
  // CHECK: math.sqrt
  // CHECK-NEXT: arith.divf
  %root = math.sqrt %c : f64
  %s = arith.divf %c, %root : f64
  %f = pde.input "f" -> <@X, f64>
  // CHECK: pde.map (%[[A:.*]] = {{.*}}, %[[B:.*]] = {{.*}}) ->
  // CHECK-NEXT: %[[R:.*]] = pde.rsqrt %[[B]]
  // CHECK-NEXT: arith.mulf %[[A]], %[[R]]
  // CHECK-NEXT: pde.yield
  %g = pde.map (%a = %f : !pde.field<@X, f64>, %b = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %r = math.sqrt %b : f64
    %q = arith.divf %a, %r : f64
    pde.yield %q : f64
  }
  // CHECK: pde.map
  // CHECK-NEXT: %[[R:.*]] = math.sqrt
  // CHECK-NEXT: arith.divf %{{.*}}, %[[R]]
  // CHECK-NEXT: arith.addf %{{.*}}, %[[R]]
  %h = pde.map (%a = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %r = math.sqrt %a : f64
    %q = arith.divf %s, %r : f64
    %t = arith.addf %q, %r : f64
    pde.yield %t : f64
  }
  // CHECK: pde.map (%[[A:.*]] = {{.*}}) ->
  // CHECK-NEXT: %[[R:.*]] = pde.rsqrt %[[A]]
  // CHECK-NEXT: %[[P:.*]] = arith.mulf %{{.*}}, %[[R]]
  // CHECK-NEXT: arith.mulf %[[P]], %[[R]]
  // CHECK-NEXT: pde.yield
  %j = pde.map (%a = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %r = math.sqrt %a : f64
    %q = arith.divf %s, %r : f64
    %t = arith.divf %q, %r : f64
    pde.yield %t : f64
  }
  // CHECK: pde.map
  // CHECK-NEXT: %[[R:.*]] = math.sqrt
  // CHECK-NEXT: arith.divf %[[R]], %{{.*}}
  %i = pde.map (%a = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %r = math.sqrt %a : f64
    %q = arith.divf %r, %s : f64
    pde.yield %q : f64
  }
}
