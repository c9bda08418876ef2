// RUN: pde-opt %s --pde-measure-steps | FileCheck %s

// A program sees how long its explicit steps are: a formula of parameters and
// sizes. Nothing is asked where every value keeps within the bound, and of steps
// that are not of that form.

// CHECK-LABEL: pde.program @heat
// CHECK-DAG: %[[TAU:.*]] = pde.param "tau"
// CHECK-DAG: %[[C:.*]] = pde.param "c"
// CHECK: arith.mulf %[[TAU]]
// CHECK: arith.cmpf oge, %[[C]]
// CHECK: %[[MULTIPLE:.*]] = arith.select
// CHECK: pde.step_length %[[MULTIPLE]]
// CHECK-NEXT: pde.steps
// CHECK-NOT: pde.step_length
pde.grid @X [#pde.axis<"x" : periodic, periodic, 64>]
pde.program @heat {
  %n = pde.param "n" = 10 : i64 : i64
  %tau = pde.param "tau" = 2.000000e-01 : f64 {low = 0.000000e+00 : f64} : f64
  %c = pde.param "c" = 1.000000e+00 : f64 : f64
  %safe = pde.param "safe" = 1.000000e-01 : f64 {low = 0.000000e+00 : f64, high = 5.000000e-01 : f64} : f64
  %one = arith.constant 1.000000e+00 : f64
  %two = arith.constant -2.000000e+00 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: -1>, array<i64: 0>, array<i64: 1>] weights(%one, %two, %one) : <1>
  %tc = arith.mulf %tau, %c : f64
  %u = pde.steps %n pass %i carry (%v = %f : !pde.field<@X, f64>) attributes {evolution} {
    %w = pde.apply %k, %v : <1>, <@X, f64> -> <@X, f64>
    %m = pde.map (%a = %v : !pde.field<@X, f64>, %b = %w : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %d = arith.mulf %tc, %b : f64
      %e = arith.addf %a, %d : f64
      pde.yield %e : f64
    }
    pde.yield %m : !pde.field<@X, f64>
  }
  %p = pde.steps %n pass %i carry (%v = %f : !pde.field<@X, f64>) attributes {evolution} {
    %w = pde.apply %k, %v : <1>, <@X, f64> -> <@X, f64>
    %m = pde.map (%a = %v : !pde.field<@X, f64>, %b = %w : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %d = arith.mulf %safe, %b : f64
      %e = arith.addf %a, %d : f64
      pde.yield %e : f64
    }
    pde.yield %m : !pde.field<@X, f64>
  }
  %q = pde.steps %n pass %i carry (%v = %f : !pde.field<@X, f64>) attributes {evolution} {
    %m = pde.map (%a = %v : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %d = arith.mulf %a, %a : f64
      %e = arith.mulf %tau, %d : f64
      pde.yield %e : f64
    }
    pde.yield %m : !pde.field<@X, f64>
  }
  pde.output "u" %u : <@X, f64>
  pde.output "p" %p : <@X, f64>
  pde.output "q" %q : <@X, f64>
}
