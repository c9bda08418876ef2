// RUN: %pde-opt %s --pde-outline-stages=most-stages=2 | FileCheck %s
// Stages that do the same to other memory and with other constants are one function;
// one that does something else is another, though it look alike.

// CHECK: func.func private @sweep_stage0(%{{.*}}: !llvm.ptr, %{{.*}}: f64)
// CHECK: arith.addf
// CHECK-NOT: func.func private @sweep_stage1
// CHECK: func.func private @sweep_stage2(
// CHECK: arith.subf
// CHECK: func.func @sweep(
// CHECK: call @sweep_stage0(%[[P:.*]], %{{.*}})
// CHECK: call @sweep_stage0(%[[Q:.*]], %{{.*}})
// CHECK: call @sweep_stage2(
func.func @sweep(%p: !llvm.ptr, %q: !llvm.ptr) {
  %one = arith.constant 1.0 : f64
  %two = arith.constant 2.0 : f64
  scf.execute_region {
    %a = llvm.load %p : !llvm.ptr -> f64
    %b = arith.addf %a, %one : f64
    llvm.store %b, %p : f64, !llvm.ptr
    scf.yield
  }
  scf.execute_region {
    %a = llvm.load %q : !llvm.ptr -> f64
    %b = arith.addf %a, %two : f64
    llvm.store %b, %q : f64, !llvm.ptr
    scf.yield
  }
  scf.execute_region {
    %a = llvm.load %q : !llvm.ptr -> f64
    %b = arith.subf %a, %two : f64
    llvm.store %b, %q : f64, !llvm.ptr
    scf.yield
  }
  return
}
