# RUN: cd %S && not pdec check equals-in-condition.pde 2>&1 | diff equals-in-condition.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
output v = if f = 0 then 1 else f
