# RUN: cd %S && not pdec check unknown-clause.pde 2>&1 | diff unknown-clause.pde.expected -
grid X : 1d, border reflecting
input f on X
output f
