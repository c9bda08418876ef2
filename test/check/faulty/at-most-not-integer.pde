# RUN: cd %S && not pdec check at-most-not-integer.pde 2>&1 | diff at-most-not-integer.pde.expected -
grid X : 1d
input f on X
let u = fixpoint v from f { v/2 } until change < 1e-8, at most 0.5
output u
