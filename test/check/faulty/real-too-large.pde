# RUN: cd %S && not pdec check real-too-large.pde 2>&1 | diff real-too-large.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
output v = f + 1e999
