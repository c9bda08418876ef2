# RUN: cd %S && not pdec check field-as-scalar.pde 2>&1 | diff field-as-scalar.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let D = stencil(x, [f, 1])
output v = D(f)
