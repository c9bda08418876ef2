// RUN: pde-opt %s --pde-drop-unread | FileCheck %s
// What a loop carries and nothing reads goes, with what makes it; what decides
// when a loop ends, or may fail the run, stays.
module {
  pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
  pde.program @unread {
    %n = arith.constant 3 : i64
    %one = arith.constant 1.0 : f64
    %f = pde.input "f" -> <@X, f64>
    // CHECK: %[[U:.*]] = pde.steps %{{.*}} pass %{{.*}} carry (%[[A:.*]] = %{{.*}} : !pde.field<@X, f64>)
    // CHECK-NOT: pde.exp
    // CHECK: pde.yield
    %u:3 = pde.steps %n pass %k carry (%a = %f : !pde.field<@X, f64>, %b = %f : !pde.field<@X, f64>, %c = %f : !pde.field<@X, f64>) {
      %next = pde.map (%p = %a : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
        %q = arith.addf %p, %p : f64
        pde.yield %q : f64
      }
      %dead = pde.map (%p = %b : !pde.field<@X, f64>, %r = %c : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
        %e = pde.exp %p : f64
        %q = arith.addf %e, %r : f64
        pde.yield %q : f64
      }
      pde.yield %next, %dead, %b : !pde.field<@X, f64>, !pde.field<@X, f64>, !pde.field<@X, f64>
    }
    // The second is read by the first, the third decides when it ends.
    // CHECK: pde.fixpoint {{.*}} carry (%{{[a-z0-9]+}} = %{{.*}} : {{.*}}, %{{[a-z0-9]+}} = %{{.*}} : {{.*}}, %{{[a-z0-9]+}} = %{{.*}} : f64)
    %v:4 = pde.fixpoint %n pass %k carry (%a = %f : !pde.field<@X, f64>, %b = %f : !pde.field<@X, f64>, %s = %one : f64, %t = %one : f64) attributes {line = 1 : i64, loop = 0 : i64, measure = "condition", what = "v"} {
      %r = pde.reduce max_abs %a : !pde.field<@X, f64>
      %s1 = arith.mulf %s, %r : f64
      %t1 = arith.mulf %t, %r : f64
      %done = arith.cmpf olt, %s, %one : f64
      pde.until %done measured %r against %one yield %b, %a, %s1, %t1 : !pde.field<@X, f64>, !pde.field<@X, f64>, f64, f64
    }
    pde.output "u" %u#0 : <@X, f64>
    pde.output "v" %v#0 : <@X, f64>
  }
  // Loops of other dialects are theirs.
  // CHECK: scf.while
  // CHECK: scf.yield %{{.*}}, %{{.*}} : i64, i64
  func.func @other(%n : i64, %m : i64) -> i64 {
    %r:2 = scf.while (%a = %n, %b = %m) : (i64, i64) -> (i64, i64) {
      %more = arith.cmpi slt, %a, %m : i64
      scf.condition(%more) %a, %b : i64, i64
    } do {
    ^bb0(%a : i64, %b : i64):
      %c = arith.addi %a, %n : i64
      scf.yield %c, %c : i64, i64
    }
    return %r#0 : i64
  }
}
