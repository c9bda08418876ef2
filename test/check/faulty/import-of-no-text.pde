# RUN: cd %S && not pdec check import-of-no-text.pde 2>&1 | diff import-of-no-text.pde.expected -
import "Inputs/no-text.pde"
grid X : 1d, size 8
input f on X = 1
output f
