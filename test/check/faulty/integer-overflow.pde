# RUN: cd %S && not pdec check integer-overflow.pde 2>&1 | diff integer-overflow.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
output v = f + 10^30
