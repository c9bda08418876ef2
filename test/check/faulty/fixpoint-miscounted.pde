# RUN: cd %S && not pdec check fixpoint-miscounted.pde 2>&1 | diff fixpoint-miscounted.pde.expected -
grid X : 1d
input f on X
let u = fixpoint v, w from f { v/2, w } until change < 1
output u
