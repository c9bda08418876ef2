# Conjugate gradients, for symmetric positive definite A(u) - A(0).

# A solver that takes the right side for the solution.
fun unchanged() = (A, b) -> u -> b

# What one step of a solver makes of a right side from zero on.
fun preconditioned(by, A, r) = by(linear(A), r)(0*r)

# From u, its residual r, the direction p, dot(r, z) and the number k of passes to
# the next ones; z is what the preconditioner `by` makes of r. Where dot(r, z) is
# not above `least`, only rounding is left, and
# u stays: the part of r that A does not give would grow without bound. Of a
# trusted A it is not asked whether it is positive definite.
fun cg_step(A, least, trusted = false,
    by = unchanged()) = (u, r, p, rho, k) -> {
  let q = linear(A)(p)
  let curvature = dot(p, q)
  let holds = trusted or curvature > 0 or rho <= least
  let c = definite(curvature, holds, k + 1)
  let alpha = if c > 0 and rho > least then rho/c else 0
  let v = u + alpha*p
  let s = r - alpha*q
  let z = preconditioned(by, A, s)
  let sigma = dot(s, z)
  let beta = if rho > 0 then sigma/rho else 0
  return [v, s, z + beta*p, sigma, k + 1]
}

# What is left of dot(r, r) by rounding.
fun cg_least(rho) = (4*epsilon)^2*rho

fun cg_found(A, b, u, tol, passes) = {
  let r0 = b - A(u)
  let rho0 = dot(r0, r0)
  let limit = tol^2*max(dot(b, b), rho0)
  let v, r, p, rho, k = fixpoint v, r, p, rho, k from u, r0, r0, rho0, 0 {
    cg_step(A, cg_least(rho0))(v, r, p, rho, k)
  } until rho <= limit, at most passes
  return v
}

# The approximation after as many passes as make the residual smaller than tol
# times the right side, or the first residual if that is larger: with boundary
# values, the right side may be zero.
fun cg_solve(A, b, u, tol, passes) = {
  let by = (L, r) -> cg_found(L, r, like(r, 0), tol, passes)
  return solution(cg_found(A, b, u, tol, passes), A, b, by, u)
}

# As a solver: solve A(u) = b by cg() until residual < 1e-10. One step of the
# solver `by`, from zero, is the preconditioner, which must be linear, symmetric
# and positive definite: cg(by = v_cycle(2, 2)).
fun cg(by = unchanged()) = (A, b) -> {
  let start = u -> {
    let r = b - A(u)
    let z = preconditioned(by, A, r)
    let rho = dot(r, z)
    return [u, r, z, rho, 0, cg_least(rho)]
  }
  let step = (u, r, p, rho, k, least) -> {
    let v, s, d, sigma, n = cg_step(A, least, by = by)(u, r, p, rho, k)
    return [v, s, d, sigma, n, least]
  }
  return [start, step]
}
