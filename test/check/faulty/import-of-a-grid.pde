# RUN: cd %S && not pdec check import-of-a-grid.pde 2>&1 | diff import-of-a-grid.pde.expected -
import "Inputs/of-its-own.pde"
output u
