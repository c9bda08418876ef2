# Vortices of Taylor and Green: the flow of the vorticity w, w_t + v*grad w =
# nu*laplace(w), where v turns the gradient of p with -laplace(p) = w. They keep
# their form and decay like exp(-2*nu*t).
grid X : 2d, boundary periodic, extent [[0, 2*pi], [0, 2*pi]], size 32

param nu = 0.1 where nu >= 0, T = 1.0 where T >= 0, n = 8 where n >= 1

input f on X = 2*sin(x)*sin(y)

fun A(p) = -laplace(p)
fun R(w) = {
  solve A(p) = w by cg() until residual < 1e-8 + 50*epsilon, at most 100
  let turn = central(y)(p)*central(x)(w) - central(x)(p)*central(y)(w)
  return nu*laplace(w) - turn
}
evolve w from f by heun(R, T/n) for n steps
output w, decay = norm(w)/norm(f), expected = exp(-2*nu*T)
