# RUN: cd %S && not pdec check periodic-on-one-side.pde 2>&1 | diff periodic-on-one-side.pde.expected -
grid X : 1d, boundary low periodic, high reflecting
input f on X
output f
