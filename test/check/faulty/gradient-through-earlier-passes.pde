# RUN: cd %S && not pdec check gradient-through-earlier-passes.pde 2>&1 | diff gradient-through-earlier-passes.pde.expected -
grid X : 1d
input f on X
fun descended(m) = {
  var u = m
  for k in 1 .. 3 {
    u = u - 0.1*gradient(dot(u, u), m)
  }
  return u
}
output u = descended(f)
