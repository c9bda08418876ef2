# RUN: cd %S && not pdec check axis-expected.pde 2>&1 | diff axis-expected.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let D = forward(2)
output v = D(f)
