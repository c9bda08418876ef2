# RUN: cd %S && not pdec check unknown-name.pde 2>&1 | diff unknown-name.pde.expected -
param lambda = 0.1
grid X : 1d, boundary reflecting, size 64
input f on X
fun Phi(s) = s/lamda
output v = Phi(f)
