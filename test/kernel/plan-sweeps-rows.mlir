// RUN: %pde-opt %s --pde-form-sweeps --pde-plan-sweeps | FileCheck %s
// Where a field has rows beyond a side no rule acts, so that nothing is mirrored:
// an operator reads as far as its taps.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %one = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %e = pde.input "e" -> <@X, f64, [1], [2]>
  %k = pde.stencil [array<i64: 0>, array<i64: 2>] weights(%one, %one) : <1>
  // CHECK: pde.sweep {{.*}}kernel.reads = [#kernel.rows<2 : 2>]
  // CHECK: pde.output "by_rule"
  %by_rule = pde.apply %k, %f : <1>, <@X, f64> -> <@X, f64>
  pde.output "by_rule" %by_rule : <@X, f64>
  // CHECK: pde.sweep {{.*}}kernel.reads = [#kernel.rows<0 : 2>]
  // CHECK: pde.output "rows"
  %rows = pde.apply %k, %e : <1>, <@X, f64, [1], [2]> -> <@X, f64>
  pde.output "rows" %rows : <@X, f64>
  // The rows of the result reach one and two rows farther than cells do, and no row
  // of the argument reaches the one below cell 0: in place of zeros it reads cell 0.
  // CHECK: pde.sweep {{.*}}kernel.reads = [#kernel.rows<3 : 3>], kernel.results = [#kernel.stage<0 reach <1 : 2> boundary <2 : 0>>]
  // CHECK: pde.output "transpose"
  %transpose = pde.adjoint %k, %f : <1>, <@X, f64> -> <@X, f64, [1], [2]>
  pde.output "transpose" %transpose : <@X, f64, [1], [2]>
}
