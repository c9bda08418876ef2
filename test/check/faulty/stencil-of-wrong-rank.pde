# RUN: cd %S && not pdec check stencil-of-wrong-rank.pde 2>&1 | diff stencil-of-wrong-rank.pde.expected -
grid X : 2d
input f on X
let K = stencil(X, [1, -2, 1])
output v = K(f)
