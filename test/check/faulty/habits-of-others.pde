# RUN: cd %S && not pdec check habits-of-others.pde 2>&1 | diff habits-of-others.pde.expected -
grid X : 1d, boundary Dirichlet 0
grid Y : 1d, boundary left dirichlet 0, right dirichlet 1
grid Z : 1d, boundary dirichlet 0 size 10
input f on Y
let a = 1.
let b = f .* f
let c = if f > 0 ? 1 : 2
let d == 3
print(f)
function R(u) = u
fun S(u) = { while u > 0 { u = 1 } return u }
fun T(u) = { var v = u  v += 1  return v }
fun U(u) { return u }
for k in 1 .. 3 { }
// the last one
output f
