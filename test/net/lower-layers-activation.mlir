// RUN: %pde-opt %s --net-lower-layers="vector-bytes=32" | FileCheck %s
// An activation is a function over cells: whole vectors, then cell by cell, the
// same operations; scalars come in slots.

// CHECK-LABEL: func.func private @activation0(
// CHECK-SAME: %[[XS:.*]]: !llvm.ptr, %[[Y:.*]]: !llvm.ptr, %[[SLOTS:.*]]: !llvm.ptr, %[[BEGIN:.*]]: i64, %[[END:.*]]: i64)
// CHECK: %[[SLOT:.*]] = llvm.getelementptr %[[SLOTS]][0]
// CHECK-NEXT: %[[C:.*]] = llvm.load %[[SLOT]] : !llvm.ptr -> f64
// CHECK: scf.for %{{.*}} = %[[BEGIN]] to %[[MIDDLE:.*]] step
// CHECK: %[[WIDE:.*]] = vector.broadcast %[[C]] : f64 to vector<4xf64>
// CHECK-NEXT: %[[P:.*]] = arith.mulf %{{.*}}, %[[WIDE]] : vector<4xf64>
// CHECK-NEXT: pde.exp %[[P]] : vector<4xf64>
// CHECK: scf.for %{{.*}} = %[[MIDDLE]] to %[[END]] step
// CHECK: %[[P:.*]] = arith.mulf %{{.*}}, %[[C]] : f64
// CHECK-NEXT: pde.exp %[[P]] : f64
// CHECK: return

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
net.program @p {
  %c = pde.param "c" = 2.0 : f64 : f64
  %f = net.input "f" on @X : tensor<?xf64>
  %a = net.activation (%s = %f : tensor<?xf64>) -> tensor<?xf64> {
    %p = arith.mulf %s, %c : f64
    %e = pde.exp %p : f64
    net.yield %e : f64
  }
  net.output "u" %a : tensor<?xf64>
}
