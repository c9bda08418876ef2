# RUN: cd %S && not pdec check boundary-part-missing.pde 2>&1 | diff boundary-part-missing.pde.expected -
grid X : 2d, boundary x periodic, y low reflecting
input f on X
output f
