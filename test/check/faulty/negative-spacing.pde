# RUN: cd %S && not pdec check negative-spacing.pde 2>&1 | diff negative-spacing.pde.expected -
grid X : 1d, spacing -0.5
input f on X
output f
