# RUN: cd %S && not pdec check block-without-return.pde 2>&1 | diff block-without-return.pde.expected -
grid X : 1d
input f on X
fun g(u) = if true then { let v = 2*u } else u
output v = g(f)
