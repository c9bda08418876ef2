// RUN: %pde-opt %s --pde-to-kernel | FileCheck %s
// A fixpoint is a while loop. Nothing is allocated in it: the new level and the
// field to be reduced come from before the loop, and the old level's memory is
// the next pass's for the new one. It ends where what is compared is no number.

// CHECK-LABEL: func.func @run
// CHECK: %[[FIELD:.*]] = call @pde_read_input
// CHECK: %[[A:.*]] = call @pde_alloc
// CHECK-NEXT: llvm.store %[[A]], %[[SLOTA:.*]] :
// CHECK: %[[B:.*]] = call @pde_alloc
// CHECK-NEXT: llvm.store %[[B]], %[[SLOTB:.*]] :
// CHECK: %[[LOOP:.*]]:5 = scf.while (%[[PASSES:.*]] = %c0_i64, %[[DONE:.*]] = %false,
// CHECK-SAME: %[[FIELD]])
// CHECK: %[[LEFT:.*]] = arith.cmpi slt, %[[PASSES]],
// CHECK: %[[GOES:.*]] = arith.select %[[DONE]], %false, %[[LEFT]]
// CHECK: %[[KNOWN:.*]] = arith.cmpf ord,
// CHECK: %[[STAYS:.*]] = arith.select %[[KNOWN]], %[[GOES]], %false
// CHECK: scf.condition(%[[STAYS]])
// CHECK-NOT: pde_alloc
// CHECK-NOT: memcpy
// CHECK: ^bb0(%[[PASS:.*]]: i64, {{.*}} %[[OLD:[a-z0-9]*]]: !llvm.ptr):
// CHECK: %[[D:.*]] = llvm.load %[[SLOTA]]
// CHECK: %[[NEW:.*]] = llvm.load %[[SLOTB]]
// CHECK: call @pde_parallel
// CHECK: %[[VALUE:.*]] = func.call @pde_reduce(%{{.*}}, %c4_i32, %{{.*}}, %[[D]], %[[D]])
// CHECK: %[[NEXT:.*]] = arith.addi %[[PASS]], %c1_i64
// CHECK: call @pde_note_iteration(%{{.*}}, %c0_i32, %[[NEXT]], %[[VALUE]], %[[BOUND:.*]])
// CHECK-DAG: llvm.store %[[D]], %[[SLOTA]]
// CHECK-DAG: llvm.store %[[OLD]], %[[SLOTB]]
// CHECK: scf.yield %[[NEXT]], %{{.*}}, %[[VALUE]], %{{.*}}, %[[NEW]]
// CHECK: scf.if
// CHECK-NEXT: call @pde_fail_convergence(%{{.*}}, %c0_i32, %[[LOOP]]#0, %[[LOOP]]#2, %[[LOOP]]#3)
// CHECK: call @pde_write_output(%{{.*}}, %{{.*}}, %[[LOOP]]#4)

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>, #pde.axis<"y" : reflecting, reflecting>]
pde.program @p {
  %n = pde.param "n" = 3 : i64 : i64
  %bound = pde.param "bound" = 1.0e-3 : f64 : f64
  %f = pde.input "f" -> <@X, f64>
  %r = pde.fixpoint %n pass %pass carry (%u = %f : !pde.field<@X, f64>) attributes {loop = 0 : i64, what = "u", measure = "change", line = 1 : i64} {
    %w = pde.map (%s = %u : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %t = math.absf %s : f64
      pde.yield %t : f64
    }
    %d = pde.map (%s = %w : !pde.field<@X, f64>, %t = %u : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %x = arith.subf %s, %t : f64
      pde.yield %x : f64
    }
    %change = pde.reduce max_abs %d : !pde.field<@X, f64>
    %done = arith.cmpf olt, %change, %bound : f64
    pde.until %done measured %change against %bound yield %w : !pde.field<@X, f64>
  }
  pde.output "u" %r : <@X, f64>
}
