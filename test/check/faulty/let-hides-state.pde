# RUN: cd %S && not pdec check let-hides-state.pde 2>&1 | diff let-hides-state.pde.expected -
grid X : 1d, boundary dirichlet 0
input f on X
scheme damped(tau): u -> {
  let u = u + tau*laplace(u)
}
fun power(s, n) = {
  var result = s
  for k in 2 .. n {
    let result = result*s
  }
  return result
}
evolve u from f by damped(0.1) for 10 steps
output u, v = power(u, 3)
