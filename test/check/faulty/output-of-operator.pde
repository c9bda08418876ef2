# RUN: cd %S && not pdec check output-of-operator.pde 2>&1 | diff output-of-operator.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
output a = forward(x)
