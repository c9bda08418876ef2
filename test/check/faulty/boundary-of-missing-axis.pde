# RUN: cd %S && not pdec check boundary-of-missing-axis.pde 2>&1 | diff boundary-of-missing-axis.pde.expected -
grid X : 2d, boundary x periodic, z reflecting
input f on X
output f
