# RUN: cd %S && not pdec check not-of-number.pde 2>&1 | diff not-of-number.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
output v = if not 1 then f else 2*f
