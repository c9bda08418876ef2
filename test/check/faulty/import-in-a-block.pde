# RUN: cd %S && not pdec check import-in-a-block.pde 2>&1 | diff import-in-a-block.pde.expected -
fun f(s) = {
  import "Inputs/twice.pde"
  return twice(s)
}
output u
