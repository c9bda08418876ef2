# RUN: cd %S && not pdec check solution-as-a-value.pde 2>&1 | diff solution-as-a-value.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
fun inverse(b) = {
  return solve A(u) = b by cg() until residual < 1e-8
}
output w = inverse(f)
