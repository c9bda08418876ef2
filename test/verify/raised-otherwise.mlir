// A scheme that says what goes without saying is raised to one that does not. It
// runs, too, and gives the same bits.
// RUN: pdec verify %s | FileCheck %s
// CHECK: f64, as written: proved on 1, {{.*}} cells the same to the bit; reference within {{.*}}; raised to another scheme with the same bits
// An altered coefficient on its way is found.
// RUN: not pdec verify %s --perturb raised 2>&1 | FileCheck %s --check-prefix=ALTERED
// ALTERED: kernel and raised network differ (f64, as written, {{.*}}) in cell {{[0-9]+}} of 'u': {{.*}}; the kernel is right
// ALTERED-NEXT: they part at {{.*}}raised-otherwise.mlir:

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @module {
  %one = arith.constant 1.0 : f64
  %minus = arith.constant -1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: 0>, array<i64: 1>] weights(%minus, %one) : <1>
  %u = pde.apply %k, %f sides [#pde.sides<reflecting, reflecting>] : <1>, <@X, f64> -> <@X, f64>
  pde.output "u" %u : <@X, f64>
}
