# RUN: cd %S && not pdec check weights-without-brackets.pde 2>&1 | diff weights-without-brackets.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let D = stencil(x, 1, -1)
output v = D(f)
