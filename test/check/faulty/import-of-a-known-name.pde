# RUN: cd %S && not pdec check import-of-a-known-name.pde 2>&1 | diff import-of-a-known-name.pde.expected -
import "Inputs/twice.pde"
import "Inputs/../Inputs/twice.pde"
import "Inputs/broken.pde"
grid X : 1d
input f on X
fun twice(s) = 3*s
output u = twice(f)
