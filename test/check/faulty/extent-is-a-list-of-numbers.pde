# RUN: cd %S && not pdec check extent-is-a-list-of-numbers.pde 2>&1 | diff extent-is-a-list-of-numbers.pde.expected -
grid X : 2d, extent [0, 1, 2]
input f on X
output f
