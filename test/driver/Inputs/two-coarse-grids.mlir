// Two grids coarsen one alike. A network does not tell to which of them its
// convolution leads, so that it is not raised.
module {
  pde.grid @X [#pde.axis<"x" : reflecting, reflecting, 8>]
  pde.grid @A [#pde.axis<"x" : reflecting, reflecting coarsened by cell>] coarsens @X
  pde.grid @B [#pde.axis<"x" : reflecting, reflecting coarsened by cell>] coarsens @X
  pde.program @coarse {
    %half = arith.constant 0.5 : f64
    %x = pde.coordinate 0 first %half spacing %half : <@X, f64>
    %f = pde.input "f" default %x : !pde.field<@X, f64> -> <@X, f64>
    %r = pde.stencil [array<i64: 0>, array<i64: 1>] weights(%half, %half) : <1>
    %c = pde.restrict %r, %f : <1>, <@X, f64> -> <@B, f64>
    %u = pde.prolong %r, %c : <1>, <@B, f64> -> <@X, f64>
    pde.output "u" %u : <@X, f64>
  }
}
