# RUN: cd %S && not pdec check fixpoint-changes-parts.pde 2>&1 | diff fixpoint-changes-parts.pde.expected -
grid X : 1d
input f on X
let u = fixpoint v from f { [v, v] } until change < 1e-8
output u
