# RUN: cd %S && not pdec check boundary-part-repeated.pde 2>&1 | diff boundary-part-repeated.pde.expected -
grid X : 2d, boundary x periodic, y reflecting, x low reflecting
input f on X
output f
