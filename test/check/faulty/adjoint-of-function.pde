# RUN: cd %S && not pdec check adjoint-of-function.pde 2>&1 | diff adjoint-of-function.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
fun Phi(s) = s^3
output v = Phi'(f)
