# RUN: cd %S && not pdec check remainder-with-percent.pde 2>&1 | diff remainder-with-percent.pde.expected -
grid X : 1d, boundary reflecting
input f on X
output u = f % 2
