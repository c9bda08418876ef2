# RUN: cd %S && not pdec check missing-else.pde 2>&1 | diff missing-else.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
output v = if f > 0 then 1
