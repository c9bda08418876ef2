# RUN: cd %S && not pdec check import-not-there.pde 2>&1 | diff import-not-there.pde.expected -
import "Inputs/no-such-file.pde"
import "Inputs"
output u
