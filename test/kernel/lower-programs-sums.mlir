// RUN: %pde-opt %s --pde-to-kernel | FileCheck %s
// Sums are formed with the first of them if what they read is there: not one that
// needs another's number, nor one over other cells, nor a maximum.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @Y [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %f = pde.input "f" -> <@X, f64>
  %g = pde.input "g" -> <@X, f64>
  %h = pde.input "h" -> <@Y, f64>
  // CHECK: %[[NULL:.*]] = llvm.mlir.zero
  // CHECK: %[[F:.*]] = call @pde_read_input(%arg0, %c0_i32
  // CHECK: %[[G:.*]] = call @pde_read_input(%arg0, %c1_i32
  // CHECK: %[[H:.*]] = call @pde_read_input(%arg0, %c2_i32
  // CHECK: llvm.store %[[F]], %[[A:.*]] :
  // CHECK-NEXT: getelementptr %[[A]][1]
  // CHECK-NEXT: llvm.store %[[F]],
  // CHECK-NEXT: llvm.store %[[G]], %[[B:.*]] :
  // CHECK-NEXT: getelementptr %[[B]][1]
  // CHECK-NEXT: llvm.store %[[NULL]],
  // CHECK-NEXT: call @pde_sums(%arg0, %c2_i64, %{{.*}}, %[[A]], %[[B]], %[[SUMS:[^)]*]])
  // CHECK-NEXT: %[[FIRST:.*]] = llvm.load %[[SUMS]]
  // CHECK-NEXT: %[[PLACE:.*]] = llvm.getelementptr %[[SUMS]][1]
  // CHECK-NEXT: %[[SECOND:.*]] = llvm.load %[[PLACE]]
  %a = pde.reduce dot %f, %g : !pde.field<@X, f64>, !pde.field<@X, f64>
  // CHECK: call @pde_reduce(%arg0, %c3_i32
  %m = pde.reduce max %f : !pde.field<@X, f64>
  %b = pde.reduce sum %f : !pde.field<@X, f64>
  // CHECK: call @pde_reduce(%arg0, %c0_i32{{.*}}, %{{.*}}, %[[H]], %[[H]])
  %c = pde.reduce sum %h : !pde.field<@Y, f64>
  // CHECK: arith.addf %[[SECOND]]
  %n = arith.addf %b, %m : f64
  %x = pde.map (%s = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %t = arith.mulf %s, %n : f64
    pde.yield %t : f64
  }
  // CHECK: call @pde_parallel
  // CHECK: call @pde_reduce(%arg0, %c0_i32
  %d = pde.reduce sum %x : !pde.field<@X, f64>
  // CHECK: call @pde_write_number(%arg0, %c0_i32{{.*}}, %[[FIRST]])
  // CHECK: call @pde_write_number(%arg0, %c1_i32{{.*}}, %[[SECOND]])
  pde.number "a" %a
  pde.number "b" %b
  pde.number "c" %c
  pde.number "d" %d
}
