// RUN: %pde-opt %s --net-lower-layers | FileCheck %s
// A recurrent cell is a loop with a condition. It carries the passes made, whether
// it is done, what was compared, and tensors of its own. Each pass is noted; when
// all have been used up in vain, or what is compared is no number, the run fails,
// unless the cell accepts that.

// CHECK: func.func @run(%[[CTX:.*]]: !llvm.ptr)
// CHECK: %[[START:.*]] = call @pde_tensor_share(%[[CTX]], %[[F:[0-9]+]])
// CHECK: %[[R:.*]]:5 = scf.while (%[[PASS:.*]] = %{{.*}}, %[[DONE:.*]] = %{{.*}}, %[[VALUE:.*]] = %{{.*}}, %[[BOUND:.*]] = %{{.*}}, %{{.*}} = %[[START]])
// CHECK: %[[LEFT:.*]] = arith.cmpi slt, %[[PASS]], %[[MAX:.*]] : i64
// CHECK-NEXT: %[[ON:.*]] = arith.select %[[DONE]], %false, %[[LEFT]]
// CHECK-NEXT: %[[NUMBERS:.*]] = arith.cmpf ord, %[[VALUE]], %[[BOUND]] : f64
// CHECK-NEXT: %[[GO:.*]] = arith.select %[[NUMBERS]], %[[ON]], %false
// CHECK-NEXT: scf.condition(%[[GO]])
// CHECK: ^bb0(%[[PASS:.*]]: i64, %{{.*}}: i1, %{{.*}}: f64, %{{.*}}: f64, %[[U:.*]]: !llvm.ptr):
// CHECK-NEXT: %[[V:.*]] = func.call @pde_layer_add(%[[CTX]], %[[U]], %[[F]])
// CHECK-NEXT: func.call @pde_tensor_free(%[[CTX]], %[[U]])
// CHECK: %[[MOST:.*]] = func.call @pde_layer_reduce(%[[CTX]], %{{.*}}, %[[V]], %{{.*}})
// CHECK: %[[D:.*]] = arith.cmpf
// CHECK-NEXT: %[[NEXT:.*]] = func.call @pde_tensor_share(%[[CTX]], %[[V]])
// CHECK-NEXT: func.call @pde_tensor_free(%[[CTX]], %[[V]])
// CHECK: %[[COUNT:.*]] = arith.addi %[[PASS]]
// CHECK: func.call @pde_note_iteration(%[[CTX]], %{{.*}}, %[[COUNT]], %[[MOST]], %{{.*}})
// CHECK-NEXT: scf.yield %[[COUNT]], %[[D]], %[[MOST]], %{{.*}}, %[[NEXT]]
// CHECK: scf.if
// CHECK-NEXT: %{{.*}} = arith.constant 0 : i32
// CHECK-NEXT: func.call @pde_fail_convergence(%[[CTX]], %{{.*}}, %[[R]]#0, %[[R]]#2, %[[R]]#3)
// CHECK: scf.while
// CHECK-NOT: pde_fail_convergence
// CHECK: return

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
net.program @p {
  %max = pde.param "n" = 9 : i64 : i64
  %c = arith.constant 5.0 : f64
  %f = net.input "f" on @X : tensor<?xf64>
  %r = net.recur %max pass %i carry (%u = %f : tensor<?xf64>) attributes {line = 1 : i64, loop = 0 : i64, measure = "change", what = "u"} {
    %v = net.add %u, %f : tensor<?xf64>
    %most = net.reduce max_abs %v : tensor<?xf64>
    %done = arith.cmpf ogt, %most, %c : f64
    net.until %done measured %most against %c yield %v : tensor<?xf64>
  }
  %s = net.recur %max pass %i carry (%u = %r : tensor<?xf64>) attributes {accept, line = 1 : i64, loop = 1 : i64, measure = "change", what = "u"} {
    %done = arith.cmpf ogt, %c, %c : f64
    net.until %done measured %c against %c yield %u : tensor<?xf64>
  }
  net.output "u" %s : tensor<?xf64>
}
