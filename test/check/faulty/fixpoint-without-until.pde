# RUN: cd %S && not pdec check fixpoint-without-until.pde 2>&1 | diff fixpoint-without-until.pde.expected -
grid X : 1d
input f on X
let u = fixpoint v from f { v/2 }
output u
