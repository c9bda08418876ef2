# RUN: cd %S && not pdec check residual-in-fixpoint.pde 2>&1 | diff residual-in-fixpoint.pde.expected -
grid X : 1d
input f on X
let u = fixpoint v from f { v/2 } until residual < 1e-8
output u
