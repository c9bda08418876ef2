// RUN: %pde-opt %s --pde-lower-rows=vector-bytes=32 | FileCheck %s
// What comes from another grid, in vectors. Every second cell is taken out of two
// vectors. Of the finer grid's cells, even ones and odd ones, whose taps differ,
// are computed apart; rows at even and at odd places have code of their own.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>, #pde.axis<"y" : reflecting, reflecting>]
pde.grid @C [#pde.axis<"x" : reflecting, reflecting coarsened by vertex>, #pde.axis<"y" : reflecting, reflecting coarsened by vertex>] coarsens @X

// CHECK-LABEL: func.func @restrict
// CHECK: scf.for
// The first tap's cells and the second's lie in the same vectors.
// CHECK-COUNT-2: llvm.load {{.*}} -> vector<4xf64>
// CHECK: vector.shuffle %{{.*}}, %{{.*}} [0, 2, 4, 6]
// CHECK-COUNT-2: llvm.load {{.*}} -> vector<4xf64>
// CHECK: vector.shuffle %{{.*}}, %{{.*}} [1, 3, 5, 7]
// The last one's are those behind: nothing beyond them is read.
// CHECK-COUNT-2: llvm.load {{.*}} -> vector<4xf64>
// CHECK: vector.shuffle %{{.*}}, %{{.*}} [1, 3, 5, 7]
// CHECK-NOT: arith.select
// CHECK: llvm.store {{.*}} : vector<4xf64>
// CHECK: scf.if
// CHECK: %[[M:.*]] = vector.create_mask
// CHECK-DAG: vector.shuffle %[[M]], %[[M]] [0, 0, 1, 1]
// CHECK-DAG: vector.shuffle %[[M]], %[[M]] [2, 2, 3, 3]
func.func @restrict(%p: !llvm.ptr, %q: !llvm.ptr, %i: i64, %b: i64, %e: i64, %n: i64, %m: i64) {
  %f = kernel.memory %p strides(%n) sizes(%n, %n) : <@X, f64>
  %g = kernel.memory %q strides(%m) sizes(%m, %m) : <@C, f64>
  kernel.row interior at [%i] from [%b] to [%e] of [%m, %m] reads (%u = %f : !pde.field<@X, f64>) writes (%g : !pde.field<@C, f64>) {
    %one = arith.constant 1.0 : f64
    %two = arith.constant 2.0 : f64
    %k = pde.stencil [array<i64: 1, 0>, array<i64: 1, 1>, array<i64: 1, 2>] weights(%one, %two, %one) : <2>
    %v = pde.restrict %k, %u : <2>, <@X, f64> -> <@C, f64>
    kernel.write %v : !pde.field<@C, f64>
  }
  return
}

// CHECK-LABEL: func.func @prolong
// CHECK: %[[ODD:.*]] = arith.cmpi ne
// CHECK: scf.if %[[ODD]]
// An odd row has no tap here.
// CHECK: arith.constant dense<0.000000e+00> : vector<2xf64>
// CHECK-NOT: llvm.load
// CHECK: llvm.store
// CHECK: } else {
// CHECK: scf.for
// Even cells have two taps, odd ones have one.
// CHECK-COUNT-2: llvm.load {{.*}} -> vector<2xf64>
// CHECK: %[[EVEN:.*]] = arith.addf {{.*}} : vector<2xf64>
// CHECK: %[[ONE:.*]] = llvm.load {{.*}} -> vector<2xf64>
// CHECK: vector.shuffle %[[EVEN]], %[[ONE]] [0, 2, 1, 3]
// CHECK: llvm.store {{.*}} : vector<4xf64>
func.func @prolong(%p: !llvm.ptr, %q: !llvm.ptr, %i: i64, %b: i64, %e: i64, %n: i64, %m: i64) {
  %f = kernel.memory %p strides(%m) sizes(%m, %m) : <@C, f64>
  %g = kernel.memory %q strides(%n) sizes(%n, %n) : <@X, f64>
  kernel.row interior at [%i] from [%b] to [%e] of [%n, %n] reads (%u = %f : !pde.field<@C, f64>) writes (%g : !pde.field<@X, f64>) {
    %one = arith.constant 1.0 : f64
    %k = pde.stencil [array<i64: 0, 0>, array<i64: 0, 1>, array<i64: 0, 2>] weights(%one, %one, %one) : <2>
    %v = pde.prolong %k, %u : <2>, <@C, f64> -> <@X, f64>
    kernel.write %v : !pde.field<@X, f64>
  }
  return
}

// Cells at the sides that come from a coarser grid are vectors, too, both ends by
// the same code: of what lies beyond that grid's sides nothing is loaded, and it is
// zero.
// CHECK-LABEL: func.func @prolong_sides
// CHECK: scf.for
// CHECK: scf.for
// CHECK: %[[BEFORE:.*]] = vector.create_mask
// CHECK: %[[UPTO:.*]] = vector.create_mask
// CHECK: %[[CELLS:.*]] = arith.xori %[[BEFORE]], %[[UPTO]]
// CHECK: %[[INSIDE:.*]] = arith.cmpi ult, {{.*}} : vector<2xi64>
// CHECK: %[[LOADED:.*]] = arith.andi %{{.*}}, %[[INSIDE]] : vector<2xi1>
// CHECK: llvm.intr.masked.load %{{.*}}, %[[LOADED]]
// CHECK: llvm.intr.masked.store %{{.*}}, %{{.*}}, %[[CELLS]]
// CHECK-NOT: : f64
func.func @prolong_sides(%p: !llvm.ptr, %q: !llvm.ptr, %i: i64, %b: i64, %m1: i64, %r: i64, %e: i64, %n: i64, %m: i64) {
  %f = kernel.memory %p strides(%m) sizes(%m, %m) : <@C, f64>
  %g = kernel.memory %q strides(%n) sizes(%n, %n) : <@X, f64>
  kernel.row sides at [%i] from [%b, %r] to [%m1, %e] of [%n, %n] reads (%u = %f : !pde.field<@C, f64>) writes (%g : !pde.field<@X, f64>) {
    %one = arith.constant 1.0 : f64
    %k = pde.stencil [array<i64: 0, 0>, array<i64: 0, 1>, array<i64: 0, 2>] weights(%one, %one, %one) : <2>
    %v = pde.prolong %k, %u : <2>, <@C, f64> -> <@X, f64>
    kernel.write %v : !pde.field<@X, f64>
  }
  return
}
