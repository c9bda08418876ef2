// What the examples of the kernel dialect use.
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @G [#pde.axis<"x" : reflecting, reflecting>, #pde.axis<"y" : periodic, periodic>]
func.func private @sweep0() attributes {kernel.tile = #kernel.tile<[64]>}
//in: func.func @p(%p: !llvm.ptr, %q: !llvm.ptr, %b: i64, %e: i64, %middle: i64, %rest: i64, %n: i64, %n0: i64, %n1: i64, %three: i64, %tau: f64) {
%f = kernel.memory %p : <@X, f64>
%g = kernel.memory %q : <@X, f64>
//in: return }
