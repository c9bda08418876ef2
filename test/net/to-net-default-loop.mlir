// RUN: %pde-opt %s --pde-to-net | FileCheck %s
// A loop that only a default needs stands in the region of its input, with what
// its body reads; loops may lie in each other.

// CHECK: net.program
// CHECK-NOT: net.coordinate
// CHECK: net.input "f" on @X default {
// CHECK: net.coordinate
// CHECK: net.recur
// CHECK: net.repeat
// CHECK: net.yield
// CHECK: net.until
// CHECK: net.yield
// CHECK: } : tensor<?xf64>
// CHECK-NOT: net.recur
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %n = pde.param "n" = 3 : i64 : i64
  %x = pde.coordinate 0 first %c spacing %c : !pde.field<@X, f64>
  %y = pde.coordinate 0 first %c spacing %c : !pde.field<@X, f64>
  %r = pde.fixpoint %n pass %i carry (%u = %x : !pde.field<@X, f64>) attributes {line = 1 : i64, loop = 0 : i64, measure = "change", what = "u"} {
    %s = pde.steps %n pass %j carry (%v = %u : !pde.field<@X, f64>) {
      %w = pde.map (%a = %v : !pde.field<@X, f64>, %b = %y : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
        %m = arith.addf %a, %b : f64
        pde.yield %m : f64
      }
      pde.yield %w : !pde.field<@X, f64>
    }
    %most = pde.reduce max_abs %s : !pde.field<@X, f64>
    %done = arith.cmpf ogt, %most, %c : f64
    pde.until %done measured %most against %c yield %s : !pde.field<@X, f64>
  }
  %f = pde.input "f" default %r : !pde.field<@X, f64> -> !pde.field<@X, f64>
  pde.output "u" %f : !pde.field<@X, f64>
}
