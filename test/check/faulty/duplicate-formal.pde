# RUN: cd %S && not pdec check duplicate-formal.pde 2>&1 | diff duplicate-formal.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
fun g(s, s) = s
output f
