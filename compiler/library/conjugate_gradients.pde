# Conjugate gradients, for symmetric positive definite linear A.

# From u, its residual r, the direction p and dot(r, r) to the next ones. `zero` is
# A(0), which is not 0 where boundary values are given.
fun cg_step(A, zero) = (u, r, p, rho) -> {
  let q = A(p) - zero
  let curvature = dot(p, q)
  let alpha = if curvature > 0 then rho/curvature else 0
  let v = u + alpha*p
  let s = r - alpha*q
  let sigma = dot(s, s)
  let beta = if rho > 0 then sigma/rho else 0
  return [v, s, s + beta*p, sigma]
}

# The approximation after as many passes as make the residual smaller than tol
# times the right side, or the first residual if that is larger: with boundary
# values, the right side may be zero.
fun cg_solve(A, b, u, tol, passes) = {
  let r0 = b - A(level(u))
  let limit = tol^2*max(dot(b, b), dot(r0, r0))
  let v, r, p, rho = fixpoint v, r, p, rho from u, r0, r0, dot(r0, r0) {
    cg_step(A, A(level(like(u, 0))))(v, r, p, rho)
  } until rho <= limit, at most passes
  return v
}

# As a solver: solve A(u) = b by cg() until residual < 1e-10
fun cg() = (A, b) -> {
  let start = u -> {
    let r = b - A(u)
    return [u, r, r, dot(r, r)]
  }
  return [start, cg_step(A, A(level(like(b, 0))))]
}
