// RUN: %pde-opt %s --pde-lower-rows=vector-bytes=32 | FileCheck %s
// A field whose rows are the same ones again and again along both outer axes.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>, #pde.axis<"y" : reflecting, reflecting>, #pde.axis<"z" : reflecting, reflecting>]

// CHECK: func.func @copy(%[[P:.*]]: !llvm.ptr, %{{.*}}: !llvm.ptr, %[[I:.*]]: i64, %[[J:.*]]: i64, %{{.*}}: i64, %{{.*}}: i64, %[[S:.*]]: i64, %[[T:.*]]: i64, %[[R:.*]]: i64, %[[Q:.*]]: i64)
// CHECK: %[[PLANE:.*]] = arith.andi %[[I]], %[[R]]
// CHECK: arith.muli %[[PLANE]], %[[S]]
// CHECK: %[[ROW:.*]] = arith.andi %[[J]], %[[Q]]
// CHECK: arith.muli %[[ROW]], %[[T]]
// CHECK: llvm.getelementptr %[[P]]
func.func @copy(%p: !llvm.ptr, %q: !llvm.ptr, %i: i64, %j: i64, %b: i64, %n: i64, %s: i64, %t: i64, %ring: i64, %inner: i64) {
  %f = kernel.memory %p strides(%s, %t) sizes(%n, %n, %n) ring(%ring, %inner) : <@X, f64>
  %g = kernel.memory %q strides(%s, %t) sizes(%n, %n, %n) : <@X, f64>
  kernel.row interior at [%i, %j] from [%b] to [%n] of [%n, %n, %n] reads (%u = %f : !pde.field<@X, f64>) writes (%g : !pde.field<@X, f64>) {
    kernel.write %u : !pde.field<@X, f64>
  }
  return
}
