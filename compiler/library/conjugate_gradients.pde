# Conjugate gradients, for symmetric positive definite A(u) - A(0).

# From u, its residual r, the direction p, dot(r, r) and the number k of passes to
# the next ones. Where dot(r, r) is not above `least`, only rounding is left, and
# u stays: the part of r that A does not give would grow without bound. Of a
# trusted A it is not asked whether it is positive definite.
fun cg_step(A, least, trusted = false) = (u, r, p, rho, k) -> {
  let q = linear(A)(p)
  let curvature = dot(p, q)
  let holds = trusted or curvature > 0 or rho <= least
  let c = definite(curvature, holds, k + 1)
  let alpha = if c > 0 and rho > least then rho/c else 0
  let v = u + alpha*p
  let s = r - alpha*q
  let sigma = dot(s, s)
  let beta = if rho > 0 then sigma/rho else 0
  return [v, s, s + beta*p, sigma, k + 1]
}

# What is left of dot(r, r) by rounding.
fun cg_least(rho) = (4*epsilon)^2*rho

# The approximation after as many passes as make the residual smaller than tol
# times the right side, or the first residual if that is larger: with boundary
# values, the right side may be zero.
fun cg_solve(A, b, u, tol, passes) = {
  let r0 = b - A(u)
  let rho0 = dot(r0, r0)
  let limit = tol^2*max(dot(b, b), rho0)
  let v, r, p, rho, k = fixpoint v, r, p, rho, k from u, r0, r0, rho0, 0 {
    cg_step(A, cg_least(rho0))(v, r, p, rho, k)
  } until rho <= limit, at most passes
  return v
}

# As a solver: solve A(u) = b by cg() until residual < 1e-10
fun cg() = (A, b) -> {
  let start = u -> {
    let r = b - A(u)
    let rho = dot(r, r)
    return [u, r, r, rho, 0, cg_least(rho)]
  }
  let step = (u, r, p, rho, k, least) -> {
    let v, s, d, sigma, n = cg_step(A, least)(u, r, p, rho, k)
    return [v, s, d, sigma, n, least]
  }
  return [start, step]
}
