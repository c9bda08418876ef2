# Nonlinear diffusion u_t = (u^4)_xx by backward Euler, each step by Newton's
# method; beside it Barenblatt's solution
grid X : 1d, boundary dirichlet 0, extent [-6, 6], size 119
param n = 10 where n >= 1
fun barenblatt(t) = max(1 - 3/40*x^2/t^(2/5), 0)^(1/3)/t^(1/5)
input f on X = barenblatt(1)

scheme backward_euler(R, tau): u -> {
  let A = v -> v - tau*R(v)
  solve A(v) = u from u by newton() until residual < 1e-9, at most 50
  u = v
}
evolve u from f by backward_euler(u -> laplace(u^4), 1/n) for n steps
let exact = barenblatt(2)
output u, exact, error = norm_max(u - exact)
