# RUN: cd %S && not pdec check stencil-rows-differ.pde 2>&1 | diff stencil-rows-differ.pde.expected -
grid X : 2d
input f on X
let K = stencil(X, [[0, 1], [1, 2, 3]])
output v = K(f)
