// RUN: %pde-opt %s --canonicalize | FileCheck %s
// An operator that is the identity gives its argument, bit by bit: a weight of one
// adds the value itself. Whatever forms a product or makes rows stays.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @D [#pde.axis<"x" : dirichlet, dirichlet>]
pde.program @p {
  %one = arith.constant 1.0 : f64
  %minus = arith.constant -1.0 : f64
  %zero = arith.constant 0.0 : f64
  %a = pde.param "a" = 1.0 : f64 : f64
  // CHECK: %[[F:.*]] = pde.input "f"
  // CHECK: %[[G:.*]] = pde.input "g"
  %f = pde.input "f" -> <@X, f64>
  // CHECK: %[[H:.*]] = pde.input "h"
  %g = pde.input "g" -> <@D, f64>
  %h = pde.input "h" -> <@X, f64, [1], [0]>
  %k = pde.stencil [array<i64: 0>] weights(%one) : <1>
  %scaled = pde.stencil [array<i64: 0>] weights(%one) scale %one : <1>
  %less = pde.stencil [array<i64: 0>] weights(%minus) : <1>
  %any = pde.stencil [array<i64: 0>] weights(%a) : <1>
  %next = pde.stencil [array<i64: 1>] weights(%one) : <1>
  // CHECK: pde.output "apply" %[[F]]
  %1 = pde.apply %k, %f : <1>, <@X, f64> -> <@X, f64>
  pde.output "apply" %1 : <@X, f64>
  // CHECK: pde.output "adjoint" %[[F]]
  %2 = pde.adjoint %k, %f : <1>, <@X, f64> -> <@X, f64>
  pde.output "adjoint" %2 : <@X, f64>
  // CHECK: %[[V:.*]] = pde.apply %{{.*}}, %[[F]]
  // CHECK: pde.output "scaled" %[[V]]
  %3 = pde.apply %scaled, %f : <1>, <@X, f64> -> <@X, f64>
  pde.output "scaled" %3 : <@X, f64>
  // CHECK: %[[V:.*]] = pde.apply %{{.*}}, %[[F]]
  // CHECK: pde.output "less" %[[V]]
  %4 = pde.apply %less, %f : <1>, <@X, f64> -> <@X, f64>
  pde.output "less" %4 : <@X, f64>
  // CHECK: %[[V:.*]] = pde.adjoint %{{.*}}, %[[F]]
  // CHECK: pde.output "any" %[[V]]
  %5 = pde.adjoint %any, %f : <1>, <@X, f64> -> <@X, f64>
  pde.output "any" %5 : <@X, f64>
  // CHECK: %[[V:.*]] = pde.apply %{{.*}}, %[[F]]
  // CHECK: pde.output "next" %[[V]]
  %6 = pde.apply %next, %f : <1>, <@X, f64> -> <@X, f64>
  pde.output "next" %6 : <@X, f64>
  // CHECK: %[[V:.*]] = pde.apply %{{.*}}, %[[F]]
  // CHECK: pde.output "rows" %[[V]]
  %7 = pde.apply %k, %f : <1>, <@X, f64> -> <@X, f64, [1], [0]>
  pde.output "rows" %7 : <@X, f64, [1], [0]>
  // The value of a side acts beyond it, where the identity reads nothing.
  // CHECK: pde.output "values" %[[G]]
  %8 = pde.apply %k, %g outside(%zero, %zero : f64, f64) : <1>, <@D, f64> -> <@D, f64>
  pde.output "values" %8 : <@D, f64>
  // CHECK: %[[V:.*]] = pde.adjoint %{{.*}}, %[[H]]
  // CHECK: pde.output "fewer" %[[V]]
  %9 = pde.adjoint %k, %h : <1>, <@X, f64, [1], [0]> -> <@X, f64>
  pde.output "fewer" %9 : <@X, f64>
  // CHECK: pde.output "same" %[[H]]
  %10 = pde.adjoint %k, %h : <1>, <@X, f64, [1], [0]> -> <@X, f64, [1], [0]>
  pde.output "same" %10 : <@X, f64, [1], [0]>
  // CHECK: %[[V:.*]] = pde.adjoint %{{.*}}, %[[F]]
  // CHECK: pde.output "more" %[[V]]
  %11 = pde.adjoint %k, %f : <1>, <@X, f64> -> <@X, f64, [1], [0]>
  pde.output "more" %11 : <@X, f64, [1], [0]>
}
