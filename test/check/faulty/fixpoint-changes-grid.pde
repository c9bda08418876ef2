# RUN: cd %S && not pdec check fixpoint-changes-grid.pde 2>&1 | diff fixpoint-changes-grid.pde.expected -
grid X : 1d
input f on X
let u = fixpoint v from f { restrict(v) } until change < 1e-8
output u
