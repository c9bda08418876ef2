// RUN: %pde-opt %s --pde-split-boundary | FileCheck %s
// Of a row the cells that its own sides reach are apart, as far as the box has
// any: two ranges in one operation. Where no row is at the boundary, none is apart;
// where all are, nothing is interior.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]

// CHECK-LABEL: func.func @both
// CHECK-SAME: %[[B:[a-z0-9]+]]: i64, %[[E:[a-z0-9]+]]: i64, %[[N:[a-z0-9]+]]: i64)
// CHECK: scf.execute_region
// CHECK: %[[TWO:.*]] = arith.constant 2 : i64
// CHECK: %[[LOW:.*]] = arith.maxsi %[[TWO]], %[[B]]
// CHECK: %[[M:.*]] = arith.minsi %[[LOW]], %[[E]]
// CHECK: %[[LESS:.*]] = arith.addi %[[N]], %{{.*}}
// CHECK: %[[HIGH:.*]] = arith.maxsi %[[LESS]], %[[M]]
// CHECK: %[[R:.*]] = arith.minsi %[[HIGH]], %[[E]]
// CHECK: kernel.row interior from [%[[M]]] to [%[[R]]] of [%[[N]]] reads
// CHECK: arith.negf
// CHECK: kernel.row sides from [%[[B]], %[[R]]] to [%[[M]], %[[E]]] of [%[[N]]] reads
// CHECK: arith.negf
// CHECK-NOT: kernel.row
func.func @both(%p: !llvm.ptr, %b: i64, %e: i64, %n: i64) {
  %f = kernel.memory %p : <@X, f64>
  kernel.box from [%b] to [%e] of [%n] reads (%u = %f : !pde.field<@X, f64>) writes (%f : !pde.field<@X, f64>) attributes {boundary = #kernel.rows<2 : 1>} {
    %v = pde.map (%s = %u : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %t = arith.negf %s : f64
      pde.yield %t : f64
    }
    kernel.write %v : !pde.field<@X, f64>
  }
  return
}

// CHECK-LABEL: func.func @none
// CHECK-SAME: %[[B:[a-z0-9]+]]: i64, %[[E:[a-z0-9]+]]: i64, %[[N:[a-z0-9]+]]: i64)
// CHECK-NOT: arith.maxsi
// CHECK: kernel.row interior from [%[[B]]] to [%[[E]]]
// CHECK-NOT: kernel.row
func.func @none(%p: !llvm.ptr, %b: i64, %e: i64, %n: i64) {
  %f = kernel.memory %p : <@X, f64>
  kernel.box from [%b] to [%e] of [%n] reads (%u = %f : !pde.field<@X, f64>) writes (%f : !pde.field<@X, f64>) attributes {boundary = #kernel.rows<none : none>} {
    kernel.write %u : !pde.field<@X, f64>
  }
  return
}

// CHECK-LABEL: func.func @all
// CHECK-SAME: %[[B:[a-z0-9]+]]: i64, %[[E:[a-z0-9]+]]: i64, %[[N:[a-z0-9]+]]: i64)
// CHECK: kernel.row sides from [%[[B]]] to [%[[E]]]
// CHECK-NOT: kernel.row
func.func @all(%p: !llvm.ptr, %b: i64, %e: i64, %n: i64) {
  %f = kernel.memory %p : <@X, f64>
  kernel.box from [%b] to [%e] of [%n] reads (%u = %f : !pde.field<@X, f64>) writes (%f : !pde.field<@X, f64>) attributes {boundary = #kernel.rows<all : all>} {
    kernel.write %u : !pde.field<@X, f64>
  }
  return
}
