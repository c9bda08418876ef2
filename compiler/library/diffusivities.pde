# Fluxes Phi(s) = g(s^2)*s and their diffusivities g, as functions of s.
# lambda > 0 is the contrast: where |s| is much larger, little flows. No form
# divides by zero for any s, and none loses digits where g is small.

fun linear_flux(s) = s

fun charbonnier_diffusivity(s, lambda) = 1/sqrt(1 + (1/lambda^2)*s^2)
fun charbonnier_flux(s, lambda) = s/sqrt(1 + (1/lambda^2)*s^2)

# The exponential one. In the literature exp(-s^2/lambda^2) bears the same name:
# that is this one with lambda/sqrt(2). Backward diffusion for |s| > lambda.
fun perona_malik_diffusivity(s, lambda) = exp(-s^2/(2*lambda^2))
fun perona_malik_flux(s, lambda) = s*exp(-s^2/(2*lambda^2))

# Backward diffusion for |s| > lambda.
fun perona_malik_rational_diffusivity(s, lambda) = 1/(1 + (s/lambda)^2)
fun perona_malik_rational_flux(s, lambda) = s/(1 + (s/lambda)^2)

# 1 - exp(-c/(s/lambda)^8), and 1 at s = 0. Below the limit of q the exponential
# is zero in any precision. 1 - exp(-2*t) is 2*tanh(t)/(1 + tanh(t)), which keeps
# its digits when t is small.
fun weickert_diffusivity(s, lambda) = {
  let q = max((s/lambda)^2, 0.1)
  let t = tanh(1.65744/q^4)
  return 2*t/(1 + t)
}
fun weickert_flux(s, lambda) = s*weickert_diffusivity(s, lambda)

# Regularised total variation; eps > 0.
fun tv_diffusivity(s, eps) = 1/sqrt(s^2 + eps^2)
fun tv_flux(s, eps) = s/sqrt(s^2 + eps^2)

# Huber's: total variation for |s| > lambda, linear below.
fun truncated_tv_diffusivity(s, lambda) = lambda/max(abs(s), lambda)
fun truncated_tv_flux(s, lambda) = min(max(s, -lambda), lambda)

# Balanced forward-backward diffusion, linear for |s| <= lambda.
fun truncated_bfb_diffusivity(s, lambda) = lambda^2/max(s^2, lambda^2)
fun truncated_bfb_flux(s, lambda) = s*(lambda^2/max(s^2, lambda^2))

# Forward and backward diffusion with negative values of g; k > 1.
fun fab_diffusivity(s, lambda, k = 2) = {
  let b = log(2)/(k^2 - 1)
  let q = (s/lambda)^2
  return 2*exp(-k^2*b*q) - exp(-b*q)
}
fun fab_flux(s, lambda, k = 2) = s*fab_diffusivity(s, lambda, k)
