# RUN: cd %S && not pdec check extremum-with-linear.pde 2>&1 | diff extremum-with-linear.pde.expected -
grid X : 2d, boundary reflecting, size 16
input f on X
let E = stencil(x, [1, 0, 1], over = min)
output sum = (E + forward(x))(f), multiple = (2*E)(f), after = (E*d2(x))(f), before = (d2(x)*E)(f), less = (-E)(f)
