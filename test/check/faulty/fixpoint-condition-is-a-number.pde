# RUN: cd %S && not pdec check fixpoint-condition-is-a-number.pde 2>&1 | diff fixpoint-condition-is-a-number.pde.expected -
grid X : 1d
input f on X
let u = fixpoint v from f { v/2 } until change, at most 10
output u
