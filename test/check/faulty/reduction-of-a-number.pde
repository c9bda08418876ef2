# RUN: cd %S && not pdec check reduction-of-a-number.pde 2>&1 | diff reduction-of-a-number.pde.expected -
grid X : 1d
input f on X
output v = f/norm(2)
