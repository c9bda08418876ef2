# RUN: cd %S && not pdec check loop-at-the-top.pde 2>&1 | diff loop-at-the-top.pde.expected -
grid X : 1d, boundary reflecting
input f on X
for k in 1 .. 3 { }
output f
