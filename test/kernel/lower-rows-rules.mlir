// RUN: %pde-opt %s --pde-lower-rows=vector-bytes=32 | FileCheck %s
// One row by each rule. Interior: whole vectors, then the rest under a mask, reads
// at constant distances. Edge: vectors under a mask, whose reads follow the rule
// along the other axis. Sides: cells of both ranges in one loop, one by one.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>, #pde.axis<"y" : reflecting, reflecting>]

// CHECK-LABEL: func.func @interior
// CHECK: scf.for
// CHECK-NOT: arith.select
// CHECK-COUNT-2: llvm.load {{.*}} : !llvm.ptr -> vector<4xf64>
// CHECK: %[[D:.*]] = arith.subf {{.*}} : vector<4xf64>
// CHECK: llvm.store %[[D]]
// CHECK: scf.if
// CHECK: %[[M:.*]] = vector.create_mask
// CHECK-COUNT-2: llvm.intr.masked.load %{{.*}}, %[[M]]
// CHECK: llvm.intr.masked.store %{{.*}}, %{{.*}}, %[[M]]
func.func @interior(%p: !llvm.ptr, %q: !llvm.ptr, %i: i64, %b: i64, %e: i64, %n: i64) {
  %f = kernel.memory %p strides(%n) sizes(%n, %n) : <@X, f64>
  %g = kernel.memory %q strides(%n) sizes(%n, %n) : <@X, f64>
  kernel.row interior at [%i] from [%b] to [%e] of [%n, %n] reads (%u = %f : !pde.field<@X, f64>) writes (%g : !pde.field<@X, f64>) {
    %one = arith.constant 1.0 : f64
    %minus = arith.constant -1.0 : f64
    %k = pde.stencil [array<i64: -1, 0>, array<i64: 0, 0>] weights(%one, %minus) : <2>
    %v = pde.apply %k, %u : <2>, <@X, f64> -> <@X, f64>
    kernel.write %v : !pde.field<@X, f64>
  }
  return
}

// CHECK-LABEL: func.func @edge
// CHECK: scf.for
// CHECK: vector.create_mask
// CHECK: arith.select
// CHECK-COUNT-2: llvm.intr.masked.load
// CHECK: llvm.intr.masked.store
// CHECK-NOT: llvm.store
func.func @edge(%p: !llvm.ptr, %q: !llvm.ptr, %i: i64, %b: i64, %e: i64, %n: i64) {
  %f = kernel.memory %p strides(%n) sizes(%n, %n) : <@X, f64>
  %g = kernel.memory %q strides(%n) sizes(%n, %n) : <@X, f64>
  kernel.row edge at [%i] from [%b] to [%e] of [%n, %n] reads (%u = %f : !pde.field<@X, f64>) writes (%g : !pde.field<@X, f64>) {
    %one = arith.constant 1.0 : f64
    %minus = arith.constant -1.0 : f64
    %k = pde.stencil [array<i64: -1, 0>, array<i64: 0, 0>] weights(%one, %minus) : <2>
    %v = pde.apply %k, %u : <2>, <@X, f64> -> <@X, f64>
    kernel.write %v : !pde.field<@X, f64>
  }
  return
}

// CHECK-LABEL: func.func @sides
// CHECK-SAME: %[[B:[a-z0-9]+]]: i64, %[[M:[a-z0-9]+]]: i64, %[[R:[a-z0-9]+]]: i64, %[[E:[a-z0-9]+]]: i64, %{{[a-z0-9]+}}: i64)
// CHECK-DAG: %[[BEFORE:.*]] = arith.subi %[[M]], %[[B]]
// CHECK-DAG: %[[AFTER:.*]] = arith.subi %[[E]], %[[R]]
// CHECK: %[[COUNT:.*]] = arith.addi %[[BEFORE]], %[[AFTER]]
// CHECK: scf.for %{{.*}} to %[[COUNT]]
// CHECK-NOT: vector
// CHECK: llvm.store {{.*}} : f64
// CHECK-NOT: scf.for
func.func @sides(%p: !llvm.ptr, %q: !llvm.ptr, %i: i64, %b: i64, %m: i64, %r: i64, %e: i64, %n: i64) {
  %f = kernel.memory %p strides(%n) sizes(%n, %n) : <@X, f64>
  %g = kernel.memory %q strides(%n) sizes(%n, %n) : <@X, f64>
  kernel.row sides at [%i] from [%b, %r] to [%m, %e] of [%n, %n] reads (%u = %f : !pde.field<@X, f64>) writes (%g : !pde.field<@X, f64>) {
    %one = arith.constant 1.0 : f64
    %minus = arith.constant -1.0 : f64
    %k = pde.stencil [array<i64: 0, -1>, array<i64: 0, 0>] weights(%one, %minus) : <2>
    %v = pde.apply %k, %u : <2>, <@X, f64> -> <@X, f64>
    kernel.write %v : !pde.field<@X, f64>
  }
  return
}
