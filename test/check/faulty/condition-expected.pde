# RUN: cd %S && not pdec check condition-expected.pde 2>&1 | diff condition-expected.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
output v = if f then 1 else 0
