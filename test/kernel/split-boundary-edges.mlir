// RUN: %pde-opt %s --pde-split-boundary | FileCheck %s
// On several axes, a row is at the edge if another axis' side reaches it. Sides
// that no row of the box is at are not asked.

pde.grid @X [#pde.axis<"x" : dirichlet, dirichlet>, #pde.axis<"y" : reflecting, reflecting>]

// CHECK: scf.for %[[I:.*]] =
// CHECK: %[[ONE:.*]] = arith.constant 1 : i64
// CHECK: %[[INSIDE:.*]] = arith.cmpi sge, %[[I]], %[[ONE]]
// CHECK-NOT: arith.andi
// CHECK: scf.if %[[INSIDE]] {
// CHECK: kernel.row interior at [%[[I]]] from [%[[B:.*]]] to [%[[E:.*]]] of
// CHECK: } else {
// CHECK: kernel.row edge at [%[[I]]] from [%[[B]]] to [%[[E]]] of
// CHECK: }
// CHECK-NOT: kernel.row
func.func @box(%p: !llvm.ptr, %b: i64, %e: i64, %n: i64) {
  %f = kernel.memory %p strides(%n) : <@X, f64>
  kernel.box from [%b, %b] to [%e, %e] of [%n, %n] reads (%u = %f : !pde.field<@X, f64>) writes (%f : !pde.field<@X, f64>) attributes {boundary = #kernel.rows<1 : none, none : none>} {
    kernel.write %u : !pde.field<@X, f64>
  }
  return
}
