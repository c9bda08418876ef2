// RUN: %pde-opt %s --pde-form-sweeps | FileCheck %s
// What a sweep reads is an operand, once: fields, weights, scales, and what maps
// take from outside. Constants, which decide what code there is, are inside.

pde.grid @X [#pde.axis<"x" : dirichlet, reflecting>]
pde.program @p {
  %one = arith.constant 1.0 : f64
  // CHECK-DAG: %[[A:.*]] = pde.param "a"
  // CHECK-DAG: %[[B:.*]] = pde.param "b"
  // CHECK-DAG: %[[F:.*]] = pde.input "f"
  %a = pde.param "a" = 0.5 : f64 : f64
  %b = pde.param "b" = 0.25 : f64 : f64
  %f = pde.input "f" -> <@X, f32>
  // CHECK-DAG: %[[R:.*]] = arith.truncf %[[B]]
  %rounded = arith.truncf %b : f64 to f32
  %k = pde.stencil [array<i64: 0>, array<i64: 1>] weights(%a, %one) scale %b : <1>
  // CHECK-NOT: arith.constant
  // CHECK: pde.sweep (%[[IA:[a-z0-9]*]] = %[[A]] : f64, %[[IB:[a-z0-9]*]] = %[[B]] : f64, %[[IF:[a-z0-9]*]] = %[[F]] : !pde.field<@X, f32>, %[[IR:[a-z0-9]*]] = %[[R]] : f32) -> !pde.field<@X, f32> {
  // CHECK: %[[ONE:.*]] = arith.constant 1.0
  // CHECK: pde.stencil {{.*}} weights(%[[IA]], %[[ONE]]) scale %[[IB]]
  // CHECK: pde.apply %{{.*}}, %[[IF]] outside(%[[IA]] : f64)
  // CHECK: arith.mulf %{{.*}}, %[[IR]]
  %d = pde.apply %k, %f outside(%a : f64) : <1>, <@X, f32> -> <@X, f32, [1], [0]>
  %m = pde.map (%s = %d : !pde.field<@X, f32, [1], [0]>) -> !pde.field<@X, f32> {
    %t = arith.mulf %s, %rounded : f32
    pde.yield %t : f32
  }
  pde.output "m" %m : <@X, f32>
}
