// What the examples of the net dialect use.
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @W [#pde.axis<"entry" : periodic, periodic, 75>] array [3, 25]
%n = pde.param "n" = 3 : i64 : i64
%max = pde.param "max" = 3 : i64 : i64
%seed = pde.param "seed" = 3 : i64 : i64
%a = arith.constant -1.0 : f64
%b = arith.constant 1.0 : f64
%c = arith.constant 0.5 : f64
%bound = arith.constant 1.0e-6 : f64
%x = net.input "x" on @X : tensor<?xf64>
%y = net.input "y" on @X : tensor<?xf64>
%W = net.input "W" on @W : tensor<?xf64>
%w = net.weights [array<i64: -1>, array<i64: 1>] values(%a, %b) : <1>
