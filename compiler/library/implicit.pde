# Implicit steps for u_t = R(u): recurrent cells, into which the old level u is
# injected in each pass.

# Backward Euler by fixed-point iteration. Picard's iteration, omega = 1,
# contracts for tau*||R|| < 1; damped by omega = 2/(2 + tau*||R||) it converges
# for monotone R and any tau.
scheme implicit(R, tau, tol = 1e-10 + 50*epsilon, max = 500,
    omega = 1): u -> fixpoint v from u {
  if omega == 1 then u + tau*R(v) else v + omega*(u + tau*R(v) - v)
} until change < tol, at most max

# The trapezoidal rule, of second order, by the same iteration.
scheme crank_nicolson(R, tau, tol = 1e-12 + 50*epsilon, max = 500,
    omega = 1): u -> {
  let known = u + tau/2*R(u)
  u = fixpoint v from u {
    if omega == 1
        then known + tau/2*R(v)
        else v + omega*(known + tau/2*R(v) - v)
  } until change < tol, at most max
}

# Backward Euler with what R freezes taken at the old level (lagged
# diffusivity): a linear system, by conjugate gradients. R with its frozen parts
# must be linear and symmetric.
scheme semi_implicit(R, tau, tol = 1e-10 + 50*epsilon, max = 500): u -> {
  let F = hold(R, u)
  u = cg_solve(v -> v - tau*F(v), u, u, tol, max)
}
