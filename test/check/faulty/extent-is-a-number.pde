# RUN: cd %S && not pdec check extent-is-a-number.pde 2>&1 | diff extent-is-a-number.pde.expected -
grid X : 1d, extent 1
input f on X
output f
