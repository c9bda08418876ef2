# RUN: cd %S && not pdec check periodic-part-on-one-side.pde 2>&1 | diff periodic-part-on-one-side.pde.expected -
grid X : 2d, boundary x periodic, y low periodic, y high reflecting
input f on X
output f
