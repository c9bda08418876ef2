# The Liouville-Bratu equation -u'' - lambda*exp(u) = g by the full approximation
# scheme. The smoother makes Newton steps in the points, red ones first.
grid X : 1d, boundary dirichlet 0, extent [0, 1], size 127

param lambda = 3.0 where 0 <= lambda < 3.5

input g on X = sin(2*pi*x)

fun L(u) = -laplace(u)
fun A(u) = L(u) - lambda*exp(u)
fun newton(A, b) = {
  let d = diagonal(L, b)
  let red = parity(b)
  let point = u -> u + (b - A(u))/(d - lambda*exp(u))
  return u -> {
    u = if red == 1 then point(u) else u
    u = if red == 1 then u else point(u)
  }
}
solve A(u) = g
    by fas(newton, 2, 2, coarse = 20, levels = 6)
    until residual < 1e-10 or change < 20*epsilon, at most 30
output u
