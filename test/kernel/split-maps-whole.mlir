// RUN: %pde-opt %s --pde-split-maps=cost=3 | FileCheck %s
// A dear field that is read twice, or a second value that goes on, would be
// computed or stored twice: such an expression stays whole.
// CHECK-NOT: kernel.stored

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
func.func @read_twice(%f: !pde.field<@X, f64>) -> !pde.field<@X, f64> {
  %r = pde.sweep (%u = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %c = arith.constant 5.0 : f64
    %k = pde.stencil [array<i64: 0>, array<i64: 1>] weights(%c, %c) : <1>
    %l = pde.stencil [array<i64: 0>, array<i64: 2>] weights(%c, %c) : <1>
    %a = pde.apply %k, %u : <1>, <@X, f64> -> <@X, f64>
    %b = pde.apply %l, %u : <1>, <@X, f64> -> <@X, f64>
    %v = pde.map (%p = %a : !pde.field<@X, f64>, %q = %b : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %x = arith.mulf %p, %p : f64
      %y = arith.mulf %x, %q : f64
      %z = arith.addf %y, %p : f64
      pde.yield %z : f64
    }
    pde.yield %v : !pde.field<@X, f64>
  }
  return %r : !pde.field<@X, f64>
}
func.func @two_values(%f: !pde.field<@X, f64>) -> !pde.field<@X, f64> {
  %r = pde.sweep (%u = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %c = arith.constant 5.0 : f64
    %k = pde.stencil [array<i64: 0>, array<i64: 1>] weights(%c, %c) : <1>
    %l = pde.stencil [array<i64: 0>, array<i64: 2>] weights(%c, %c) : <1>
    %a = pde.apply %k, %u : <1>, <@X, f64> -> <@X, f64>
    %b = pde.apply %l, %u : <1>, <@X, f64> -> <@X, f64>
    %v = pde.map (%p = %a : !pde.field<@X, f64>, %q = %b : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %w = arith.mulf %p, %p : f64
      %x = arith.addf %p, %p : f64
      %y = arith.mulf %x, %q : f64
      %z = arith.addf %y, %w : f64
      pde.yield %z : f64
    }
    pde.yield %v : !pde.field<@X, f64>
  }
  return %r : !pde.field<@X, f64>
}
