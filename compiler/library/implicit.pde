# Implicit steps for u_t = R(u): recurrent cells, into which the old level u is
# injected in each pass.

fun above_one(s) = if s > 1 then s else 1

# Backward Euler by fixed-point iteration. Picard's iteration, omega = 1,
# contracts for tau*||R|| < 1; damped by omega = 2/(2 + tau*||R||) it converges
# for monotone R and any tau. Fields above 1 are compared relative to their size:
# what rounding leaves grows with them.
scheme implicit(R, tau, tol = 1e-10 + 50*epsilon, max = 500, omega = 1): u -> {
  require tol > 0, "tol must be above 0"
  require omega > 0, "omega must be above 0"
  u = fixpoint v from u {
    if omega == 1 then u + tau*R(v) else v + omega*(u + tau*R(v) - v)
  } until change < tol*above_one(norm_max(u)), at most max
}

# The trapezoidal rule, of second order, by the same iteration.
scheme crank_nicolson(R, tau, tol = 1e-12 + 50*epsilon, max = 500,
    omega = 1): u -> {
  require tol > 0, "tol must be above 0"
  require omega > 0, "omega must be above 0"
  let known = u + tau/2*R(u)
  u = fixpoint v from u {
    if omega == 1
        then known + tau/2*R(v)
        else v + omega*(known + tau/2*R(v) - v)
  } until change < tol*above_one(norm_max(known)), at most max
}

# Backward Euler with what R freezes taken at the old level (lagged
# diffusivity): a linear system, by conjugate gradients. R with its frozen parts
# must be linear and symmetric.
scheme semi_implicit(R, tau, tol = 1e-10 + 50*epsilon, max = 500): u -> {
  require tol > 0, "tol must be above 0"
  let F = hold(R, u)
  u = cg_solve(v -> v - tau*F(v), u, u, tol, max)
}

# The following solve M(w) = known, with M(w) = w - c*tau*R(w), by the solver
# `by`: cg() if R is linear and symmetric, bicgstab() if it is linear, newton()
# if it is not.

# The backward differentiation formula of second order; v is the level before u.
scheme bdf2(R, tau, by = cg(), tol = 1e-10 + 50*epsilon, max = 500): u, v -> {
  require tol > 0, "tol must be above 0"
  let M = w -> w - 2/3*tau*R(w)
  let known = (4*u - v)/3
  solve M(w) = known from u by by until residual < tol, at most max
  u, v = w, u
}

# The diagonally implicit Runge-Kutta method of Alexander (1977) of second order
# with two stages; like backward Euler, it damps what is stiff.
scheme sdirk2(R, tau, by = cg(), tol = 1e-10 + 50*epsilon, max = 500): u -> {
  require tol > 0, "tol must be above 0"
  let c = 1 - sqrt(1/2)
  let M = w -> w - c*tau*R(w)
  solve M(v) = u from u by by until residual < tol, at most max
  let known = u + (1 - c)*tau*R(v)
  solve M(u) = known from v by by until residual < tol, at most max
}

# E explicitly and I implicitly, of second order: ARS(2,2,2) of Ascher, Ruuth and
# Spiteri (1997).
scheme imex(E, I, tau, by = cg(), tol = 1e-10 + 50*epsilon, max = 500): u -> {
  require tol > 0, "tol must be above 0"
  let c = 1 - sqrt(1/2), d = -sqrt(1/2)
  let M = w -> w - c*tau*I(w)
  let rate = E(u)
  let first = u + c*tau*rate
  solve M(v) = first from u by by until residual < tol, at most max
  let known = u + tau*(d*rate + (1 - d)*E(v) + (1 - c)*I(v))
  solve M(u) = known from v by by until residual < tol, at most max
}
