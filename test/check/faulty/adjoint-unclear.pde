# RUN: cd %S && not pdec check adjoint-unclear.pde 2>&1 | diff adjoint-unclear.pde.expected -
grid X : 1d, boundary reflecting
input f on X
input p on X, boundary neumann 1
let D = forward(x)
output v = D'(D(f)*D(p))
