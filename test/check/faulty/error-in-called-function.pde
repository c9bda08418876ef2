# RUN: cd %S && not pdec check error-in-called-function.pde 2>&1 | diff error-in-called-function.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let D = forward(x)
fun twice(g, s) = g(g(s))
output v = twice(2, f)
