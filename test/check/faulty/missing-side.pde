# RUN: cd %S && not pdec check missing-side.pde 2>&1 | diff missing-side.pde.expected -
grid X : 1d, boundary low reflecting
input f on X
output f
