// RUN: %pde-opt %s --pde-lower-rows=vector-bytes=32 | FileCheck %s
// Constants go to the beginning of the function, each once: code that differs in
// them only can be shared. Fields in memory are gone.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]

// CHECK: func.func @twice
// CHECK-NEXT: %[[C:.*]] = arith.constant 2.5
// CHECK-NEXT: scf.execute_region
// CHECK-NOT: arith.constant 2.5
// CHECK-NOT: kernel.memory
// CHECK: return
func.func @twice(%p: !llvm.ptr, %b: i64, %e: i64, %n: i64) {
  %f = kernel.memory %p : <@X, f64>
  scf.execute_region {
    kernel.row sides from [%b] to [%e] of [%n] reads (%u = %f : !pde.field<@X, f64>) writes (%f : !pde.field<@X, f64>) {
      %c = arith.constant 2.5 : f64
      %k = pde.stencil [array<i64: 0>] weights(%c) : <1>
      %v = pde.apply %k, %u : <1>, <@X, f64> -> <@X, f64>
      kernel.write %v : !pde.field<@X, f64>
    }
    kernel.row interior from [%b] to [%e] of [%n] reads (%u = %f : !pde.field<@X, f64>) writes (%f : !pde.field<@X, f64>) {
      %c = arith.constant 2.5 : f64
      %k = pde.stencil [array<i64: 0>] weights(%c) : <1>
      %v = pde.apply %k, %u : <1>, <@X, f64> -> <@X, f64>
      kernel.write %v : !pde.field<@X, f64>
    }
    scf.yield
  }
  return
}
