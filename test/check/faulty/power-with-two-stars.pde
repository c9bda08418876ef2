# RUN: cd %S && not pdec check power-with-two-stars.pde 2>&1 | diff power-with-two-stars.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
output v = f**2
