# RUN: cd %S && not pdec check variable-changes-parts.pde 2>&1 | diff variable-changes-parts.pde.expected -
grid X : 1d
input f on X
fun g(u) = {
  var v = u
  for k in 1 .. 3 {
    v = [v, v]
  }
  return v
}
output u = g(f)
