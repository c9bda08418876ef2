# RUN: cd %S && not pdec check solution-hides-in-a-loop.pde 2>&1 | diff solution-hides-in-a-loop.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
fun smooth(u) = {
  for k in 1 .. 3 {
    solve A(u) = u from u by cg() until residual < 1e-8
  }
  return u
}
output w = smooth(f)
