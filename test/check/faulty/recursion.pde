# RUN: cd %S && not pdec check recursion.pde 2>&1 | diff recursion.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
fun power(s, n) = if n == 0 then 1 else s*power(s, n - 1)
output v = power(f, 3)
