# RUN: cd %S && not pdec check function-without-result.pde 2>&1 | diff function-without-result.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
fun g(s) = {
  let a = 2*s
}
output v = g(f)
