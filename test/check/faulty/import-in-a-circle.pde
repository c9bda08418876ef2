# RUN: cd %S && not pdec check import-in-a-circle.pde 2>&1 | diff import-in-a-circle.pde.expected -
import "Inputs/circle-a.pde"
output u
