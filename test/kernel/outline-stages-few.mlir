// RUN: %pde-opt %s --pde-outline-stages | FileCheck %s
// RUN: %pde-opt %s --pde-outline-stages=most-sweeps=0 | FileCheck %s --check-prefix=ALL
// A function of few stages keeps them, unless there are many such functions.

// CHECK-NOT: func.func private
// CHECK: scf.execute_region
// ALL: func.func private @sweep_stage0
// ALL: func.func @sweep
// ALL: scf.execute_region
// ALL-NEXT: call @sweep_stage0
// ALL-NOT: arith.addf
func.func @sweep(%p: !llvm.ptr) {
  %one = arith.constant 1.0 : f64
  scf.execute_region {
    %a = llvm.load %p : !llvm.ptr -> f64
    %b = arith.addf %a, %one : f64
    llvm.store %b, %p : f64, !llvm.ptr
    scf.yield
  }
  return
}
