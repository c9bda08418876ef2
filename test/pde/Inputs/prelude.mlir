// What the examples of the pde dialect use.
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @X.1 [#pde.axis<"x" : reflecting, reflecting coarsened by cell>] coarsens @X
pde.grid @Y [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @Y.without [#pde.axis<"x" : reflecting, reflecting, 1>] coarsens @Y
pde.grid @W [#pde.axis<"entry" : periodic, periodic, 75>] array [3, 25]
%n = pde.param "n" = 3 : i64 : i64
%max = pde.param "max" = 3 : i64 : i64
%seed = pde.param "seed" = 3 : i64 : i64
%tau = pde.param "tau" = 0.5 : f64 : f64
%half = arith.constant 0.5 : f64
%one = arith.constant 1.0 : f64
%minus = arith.constant -1.0 : f64
%left = arith.constant 2.0 : f64
%bound = arith.constant 1.0e-6 : f64
%x = arith.constant 3.0 : f64
%zero = pde.map () -> !pde.field<@X, f64> { pde.yield %half : f64 }
%f = pde.input "given" -> <@X, f64>
%W = pde.input "W" -> <@W, f64>
%lines = pde.input "lines" -> <@Y, f64>
%u = pde.input "u" -> <@X, f64>
%v = pde.input "v" -> <@X, f64>
%p = pde.input "p" -> <@X, f64, [1], [0]>
%wide = pde.input "wide" -> <@X, f64, [2], [2]>
%e = pde.input "e" -> <@X.1, f64>
%k = pde.stencil [array<i64: 0>, array<i64: 1>] weights(%minus, %one) : <1>
%r = pde.stencil [array<i64: 0>, array<i64: 1>] weights(%half, %half) : <1>
