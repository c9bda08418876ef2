# RUN: cd %S && not pdec check fixpoint-condition-is-a-field.pde 2>&1 | diff fixpoint-condition-is-a-field.pde.expected -
grid X : 1d
input f on X
let u = fixpoint v from f { v/2 } until v < 1e-8
output u
