# RUN: cd %S && not pdec check import-without-text.pde 2>&1 | diff import-without-text.pde.expected -
import Inputs/twice.pde
let text = "twice"
