# RUN: cd %S && not pdec check parameters-not-ended.pde 2>&1 | diff parameters-not-ended.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
fun g(a, b = a
output v = g(f, f)
