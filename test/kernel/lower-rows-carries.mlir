// RUN: %pde-opt %s --pde-lower-rows=vector-bytes=64 | FileCheck %s
// RUN: %pde-opt %s --pde-lower-rows=vector-bytes=32 | FileCheck %s --check-prefix=SHORT
// Vectors of a row that overlap, where one is as long as a line of a cache: a pass
// loads the last of them, and makes the others of its lanes and of those that the
// pass before has loaded. Before the first pass there are just the lanes that it
// needs, and none if there is no pass. Shorter vectors are all loaded.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>, #pde.axis<"y" : reflecting, reflecting>]

// CHECK-LABEL: func.func @neighbours
// CHECK: %[[ANY:.*]] = arith.cmpi slt
// CHECK: %[[FIRST:.*]] = scf.if %[[ANY]]
// CHECK-COUNT-3: llvm.load {{.*}} -> f64
// CHECK-NOT: llvm.load
// CHECK: } else {
// CHECK: arith.constant dense<0.000000e+00> : vector<8xf64>
// CHECK: scf.for {{.*}} iter_args(%[[BEFORE:.*]] = %[[FIRST]])
// CHECK: %[[LAST:.*]] = llvm.load {{.*}} -> vector<8xf64>
// CHECK: vector.shuffle %[[BEFORE]], %[[LAST]] [5, 6, 7, 8, 9, 10, 11, 12]
// CHECK: vector.shuffle %[[BEFORE]], %[[LAST]] [7, 8, 9, 10, 11, 12, 13, 14]
// The row above has one vector only.
// CHECK: llvm.load {{.*}} -> vector<8xf64>
// CHECK-NOT: llvm.load
// CHECK: llvm.store
// CHECK: scf.yield %[[LAST]]

// SHORT-LABEL: func.func @neighbours
// SHORT-NOT: vector.shuffle
// SHORT: scf.for
// SHORT-COUNT-4: llvm.load {{.*}} -> vector<4xf64>
// SHORT-NOT: vector.shuffle
func.func @neighbours(%p: !llvm.ptr, %q: !llvm.ptr, %i: i64, %b: i64, %e: i64, %n: i64) {
  %f = kernel.memory %p strides(%n) sizes(%n, %n) : <@X, f64>
  %g = kernel.memory %q strides(%n) sizes(%n, %n) : <@X, f64>
  kernel.row interior at [%i] from [%b] to [%e] of [%n, %n] reads (%u = %f : !pde.field<@X, f64>) writes (%g : !pde.field<@X, f64>) {
    %w = arith.constant 3.0 : f64
    %k = pde.stencil [array<i64: -1, 0>, array<i64: 0, -2>, array<i64: 0, 0>, array<i64: 0, 1>] weights(%w, %w, %w, %w) : <2>
    %v = pde.apply %k, %u : <2>, <@X, f64> -> <@X, f64>
    kernel.write %v : !pde.field<@X, f64>
  }
  return
}

// Vectors that are further apart than they are long have nothing in common.
// CHECK-LABEL: func.func @apart
// CHECK-NOT: vector.shuffle
// CHECK: scf.for
// CHECK-NOT: iter_args
// CHECK-COUNT-2: llvm.load {{.*}} -> vector<8xf64>
func.func @apart(%p: !llvm.ptr, %q: !llvm.ptr, %i: i64, %b: i64, %e: i64, %n: i64) {
  %f = kernel.memory %p strides(%n) sizes(%n, %n) : <@X, f64>
  %g = kernel.memory %q strides(%n) sizes(%n, %n) : <@X, f64>
  kernel.row interior at [%i] from [%b] to [%e] of [%n, %n] reads (%u = %f : !pde.field<@X, f64>) writes (%g : !pde.field<@X, f64>) {
    %w = arith.constant 3.0 : f64
    %k = pde.stencil [array<i64: 0, -4>, array<i64: 0, 5>] weights(%w, %w) : <2>
    %v = pde.apply %k, %u : <2>, <@X, f64> -> <@X, f64>
    kernel.write %v : !pde.field<@X, f64>
  }
  return
}
