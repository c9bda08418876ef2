// RUN: %pde-opt %s --pde-expand-math | FileCheck %s
// RUN: %pde-opt %s --pde-expand-math=floor=true | FileCheck %s --check-prefix=FLOOR
// Functions become the same correctly rounded operations for a scalar and for
// each lane of a vector. Those that processors have are left alone, but for floor
// if it is asked for.
// FLOOR-NOT: math.floor

// CHECK-NOT: pde.
// CHECK: llvm.mlir.global internal constant @digits_of_two_by_pi

// Results that are normal numbers are scaled in the integer of their bits. One
// operation to reduce the argument, nine for q, one for r^2 q:
// CHECK-LABEL: func.func @scalar(
// CHECK-SAME: %[[X:.*]]: f64)
// CHECK-COUNT-11: math.fma {{.*}} : f64
// CHECK-NOT: math.fma
// CHECK: arith.addi {{.*}} : i64
// CHECK: %[[EXPECTED:.*]] = llvm.intr.expect
// CHECK: scf.if %[[EXPECTED]]
// CHECK: } else {
// Selections that let a NaN pass:
// CHECK: %[[BIG:.*]] = arith.cmpf ogt, %[[X]],
// CHECK: %[[Y:.*]] = arith.select %[[BIG]], %{{.*}}, %[[X]] : f64
// CHECK: %[[SMALL:.*]] = arith.cmpf olt, %[[Y]],
// CHECK: arith.select %[[SMALL]], %{{.*}}, %[[Y]] : f64
// CHECK-COUNT-11: math.fma {{.*}} : f64
// CHECK-NOT: math.fma
// CHECK: return
func.func @scalar(%x : f64) -> f64 {
  %y = pde.exp %x : f64
  return %y : f64
}

// CHECK-LABEL: func.func @vector(
// CHECK-COUNT-11: math.fma {{.*}} : vector<8xf64>
// CHECK-NOT: math.fma
// CHECK: } else {
// CHECK: return
func.func @vector(%x : vector<8xf64>) -> vector<8xf64> {
  %y = pde.exp %x : vector<8xf64>
  return %y : vector<8xf64>
}

// CHECK-LABEL: func.func @single(
// CHECK-COUNT-6: math.fma {{.*}} : vector<4xf32>
// CHECK-NOT: math.fma
// CHECK: } else {
// CHECK: return
func.func @single(%x : vector<4xf32>) -> vector<4xf32> {
  %y = pde.exp %x : vector<4xf32>
  return %y : vector<4xf32>
}

// Lanes that need more are rare: a test whether there are any, and lane by lane
// a function that all of them share.
// CHECK-LABEL: func.func @angle(
// CHECK: %[[ALL:.*]] = vector.reduction <and>
// CHECK: %[[EXPECTED:.*]] = llvm.intr.expect %[[ALL]],
// CHECK: scf.if %[[EXPECTED]]
// CHECK: } else {
// CHECK-COUNT-4: call @far_angle(%{{.*}}) : (f64) -> (f64, f64, f64)
// CHECK: return
func.func @angle(%x : vector<4xf64>) -> vector<4xf64> {
  %y = pde.sin %x : vector<4xf64>
  return %y : vector<4xf64>
}

// Powers of f32 are computed in f64, with an exponent that is one.
// CHECK-LABEL: func.func @power(
// CHECK-SAME: %[[X:.*]]: vector<4xf32>, %[[P:.*]]: vector<4xf64>)
// CHECK: arith.extf %[[X]] : vector<4xf32> to vector<4xf64>
// CHECK: arith.mulf %[[P]], %{{.*}} : vector<4xf64>
// CHECK: arith.truncf %{{.*}} : vector<4xf64> to vector<4xf32>
func.func @power(%x : vector<4xf32>, %p : vector<4xf64>) -> vector<4xf32> {
  %y = pde.pow %x, %p : vector<4xf32>
  return %y : vector<4xf32>
}

// CHECK-LABEL: func.func @others(
// CHECK-NOT: math.log
// CHECK: math.sqrt
// CHECK: math.floor
func.func @others(%x : f64) -> f64 {
  %y = pde.log %x : f64
  %z = math.sqrt %y : f64
  %w = math.floor %z : f64
  return %w : f64
}

// CHECK: func.func private @far_angle(%{{.*}}: f64) -> (f64, f64, f64)
// CHECK-NOT: func.func
