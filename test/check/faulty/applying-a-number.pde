# RUN: cd %S && not pdec check applying-a-number.pde 2>&1 | diff applying-a-number.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
output v = 2(f + 1)
