// RUN: %pde-opt %s --pde-to-kernel | FileCheck %s
// A tile that advances several passes computes their scalars itself, once a pass:
// of the pass, which the closure counts, and of what is known before the loop.

// CHECK-LABEL: func.func @run
// CHECK: %[[A:.*]] = call @pde_get_real
// CHECK: scf.for
// CHECK-NOT: arith.sitofp
// CHECK-LABEL: func.func private @sweep0
// CHECK: %[[FIRST:.*]] = llvm.load
// CHECK: scf.for %[[STEP:.*]] = %c0_i64 to
// CHECK: %[[PASS:.*]] = arith.addi %{{.*}}, %[[STEP]]
// CHECK-NEXT: %[[REAL:.*]] = arith.sitofp %[[PASS]]
// CHECK-NEXT: %[[FACTOR:.*]] = arith.divf %{{.*}}, %[[REAL]]
// CHECK: scf.for
// CHECK-NOT: arith.divf
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %n = pde.param "n" = 3 : i64 : i64
  %a = pde.param "a" = 0.5 : f64 : f64
  %f = pde.input "f" -> <@X, f64>
  %r = pde.steps %n pass %pass carry (%u = %f : !pde.field<@X, f64>) {
    %real = arith.sitofp %pass : i64 to f64
    %factor = arith.divf %a, %real : f64
    %v = pde.map (%s = %u : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %t = arith.mulf %s, %factor : f64
      pde.yield %t : f64
    }
    pde.yield %v : !pde.field<@X, f64>
  }
  pde.output "u" %r : <@X, f64>
}
