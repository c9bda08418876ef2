// RUN: %pde-opt %s --pde-expand-math | FileCheck %s
// The exponential becomes the same correctly rounded operations for a scalar and
// for each lane of a vector. Other functions are left alone.

// CHECK-NOT: pde.exp
// CHECK-LABEL: func.func @scalar(
// CHECK-SAME: %[[X:.*]]: f64)
// Selections that let a NaN pass:
// CHECK: %[[BIG:.*]] = arith.cmpf ogt, %[[X]],
// CHECK: %[[Y:.*]] = arith.select %[[BIG]], %{{.*}}, %[[X]] : f64
// CHECK: %[[SMALL:.*]] = arith.cmpf olt, %[[Y]],
// CHECK: arith.select %[[SMALL]], %{{.*}}, %[[Y]] : f64
// Two to reduce the argument, nine for q, one for 1 + r + r^2 q:
// CHECK-COUNT-12: math.fma {{.*}} : f64
// CHECK-NOT: math.fma
// CHECK: return
func.func @scalar(%x : f64) -> f64 {
  %y = pde.exp %x : f64
  return %y : f64
}

// CHECK-LABEL: func.func @vector(
// CHECK-COUNT-12: math.fma {{.*}} : vector<8xf64>
// CHECK-NOT: math.fma
// CHECK: return
func.func @vector(%x : vector<8xf64>) -> vector<8xf64> {
  %y = pde.exp %x : vector<8xf64>
  return %y : vector<8xf64>
}

// CHECK-LABEL: func.func @single(
// CHECK-COUNT-7: math.fma {{.*}} : vector<4xf32>
// CHECK-NOT: math.fma
// CHECK: return
func.func @single(%x : vector<4xf32>) -> vector<4xf32> {
  %y = pde.exp %x : vector<4xf32>
  return %y : vector<4xf32>
}

// CHECK-LABEL: func.func @others(
// CHECK: math.log
// CHECK: math.sqrt
func.func @others(%x : f64) -> f64 {
  %y = math.log %x : f64
  %z = math.sqrt %y : f64
  return %z : f64
}
