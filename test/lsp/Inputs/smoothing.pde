# Smoothing, 𝜏 times as long as a step
grid X : 1d, boundary dirichlet 1.5, extent [0, 1], size 64

# Contrast, and the step 𝜏
param lambda = 0.05 where lambda > 0,
      tau = 1e-5 where tau > 0, n = 100

input f on X = step(X.x - 0.5) + 0.1*noise(7) # 𝜑𝜑 is noisy
let D = forward(x)

# The exponential flux.
# Backward diffusion for |s| > lambda.
fun Phi(s, contrast = lambda) = {
  let q = s/contrast
  var sum_of = q
  for k in 1 .. 2 {
    sum_of = sum_of + q^2
  }
  return s*exp(-q^2/2)
}
fun R(u) = -D'(Phi(D(u), contrast = lambda))
scheme twice(R, tau): u -> {
  u = u + tau*R(u)
  u = u + tau*R(u)
}

evolve u from f by twice(R, tau) for n steps
  record size_of = norm(u) every 10
evolve u from u by explicit(laplace, 1e-5) for 2 steps
solve  laplace(w) = u by cg() until residual < 1e-8 and change < 1
output u, w
