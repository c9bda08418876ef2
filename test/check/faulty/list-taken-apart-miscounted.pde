# RUN: cd %S && not pdec check list-taken-apart-miscounted.pde 2>&1 | diff list-taken-apart-miscounted.pde.expected -
grid X : 2d
input f on X
let p, q, r = grad(f)
output p, q
