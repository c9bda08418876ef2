# RUN: cd %S && not pdec check integer-too-large.pde 2>&1 | diff integer-too-large.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
output v = f + 99999999999999999999
