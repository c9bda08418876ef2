// RUN: %pde-opt %s --pde-form-sweeps --pde-plan-sweeps | FileCheck %s
// Results of one sweep are one stage, along one axis as well: what they share is
// computed once. Not with a stage that they read.

pde.grid @X [#pde.axis<"x" : periodic, periodic>]
pde.program @p {
  %one = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: -1>, array<i64: 1>] weights(%one, %one) : <1>
  %e = pde.map (%s = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %t = pde.exp %s : f64
    pde.yield %t : f64
  }
  // CHECK: kernel.results = [#kernel.stage<1 {{[^#]*}}, #kernel.stage<1 
  // CHECK: kernel.stage = #kernel.stage<0 reach <1 : 1>
  // CHECK-NEXT: pde.exp
  %u = pde.apply %k, %e : <1>, <@X, f64> -> <@X, f64>
  %v = pde.map (%s = %u : !pde.field<@X, f64>, %r = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %t = arith.mulf %s, %r : f64
    pde.yield %t : f64
  }
  %a = pde.reduce dot %u, %v : !pde.field<@X, f64>, !pde.field<@X, f64>
  pde.number "a" %a
}
