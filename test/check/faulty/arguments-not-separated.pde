# RUN: cd %S && not pdec check arguments-not-separated.pde 2>&1 | diff arguments-not-separated.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
output v = max(f 2)
