# RUN: cd %S && not pdec check unknown-name-in-unused-function.pde 2>&1 | diff unknown-name-in-unused-function.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
fun Phi(s) = s*exq(s)
output f
