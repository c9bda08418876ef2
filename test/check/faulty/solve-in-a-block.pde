# RUN: cd %S && not pdec check solve-in-a-block.pde 2>&1 | diff solve-in-a-block.pde.expected -
grid X : 1d, boundary dirichlet 0
input f on X
fun A(u) = -laplace(u)
fun smooth(b) = {
  let c = 2*b
  solve A(u) = c by cg() until residual < 1e-8
  return u
}
output v = smooth(f)
