# RUN: cd %S && not pdec check adjoint-of-opening.pde 2>&1 | diff adjoint-of-opening.pde.expected -
grid X : 2d, boundary reflecting, size 16
input f on X
let D = stencil(x, [0, 0, 0], over = max)
output u = (D*D')'(f), v = (D*D)'(f)
