# RUN: cd %S && not pdec check too-many-taps.pde 2>&1 | diff too-many-taps.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let A = stencil(x, [1, 1, 1, 1, 1, 1, 1, 1, 1])^40
output v = A(f)
