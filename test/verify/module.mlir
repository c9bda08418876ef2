// A module in the pde dialect is verified as it is: here rows beyond two kinds
// of sides, a field for the outside, and a loop with a condition.
// RUN: pdec verify %s | FileCheck %s
// CHECK: f32, as written: proved on 1x1, {{.*}} cells the same to the bit; reference within {{.*}}; raised to the same scheme

pde.grid @X [#pde.axis<"x" : dirichlet, neumann>, #pde.axis<"y" : reflecting, dirichlet>]
pde.program @module {
  %most = arith.constant 4 : i64
  %one = arith.constant 1.0 : f64
  %minus = arith.constant -1.0 : f64
  %quarter = arith.constant 0.25 : f64
  %factor = arith.truncf %quarter : f64 to f32
  %f = pde.input "f" -> <@X, f32>
  %y = pde.coordinate 1 first %one spacing %quarter : <@X, f32>
  %k = pde.stencil [array<i64: 0, 0>, array<i64: 1, 0>] weights(%minus, %one) : <2>
  %u = pde.fixpoint %most pass %i carry (%v = %f : !pde.field<@X, f32>) attributes {accept, loop = 0 : i64, line = 1 : i64, measure = "change", what = "v"} {
    %ku = pde.apply %k, %v outside(%y, %quarter, %one : !pde.field<@X, f32>, f64, f64) : <2>, <@X, f32> -> <@X, f32, [1, 0], [0, 0]>
    %d = pde.adjoint %k, %ku : <2>, <@X, f32, [1, 0], [0, 0]> -> <@X, f32>
    %w = pde.map (%a = %v : !pde.field<@X, f32>, %b = %d : !pde.field<@X, f32>) -> !pde.field<@X, f32> {
      %s = arith.mulf %factor, %b : f32
      %t = arith.subf %a, %s : f32
      pde.yield %t : f32
    }
    %size = pde.reduce max_abs %d : !pde.field<@X, f32>
    %done = arith.cmpf olt, %size, %quarter : f64
    pde.until %done measured %size against %quarter yield %w : !pde.field<@X, f32>
  }
  pde.output "u" %u : <@X, f32>
}
