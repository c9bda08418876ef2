# Solvers of nonlinear equations A(u) = b.

# One pass of Newton's method.
fun newton_step(A, b, u, by, tol, max) = {
  # Not within J, of which only the linear part is asked: A(u) has all walls.
  let value = A(u)
  let J = v -> derivative(value, u, v)
  let r = b - value
  solve J(d) = r by by until residual < tol, at most max else accept
  return u + d
}

# Newton's method: each pass solves the equation that is linearised at u, by the
# solver `by`, until its residual is tol times the right side, or by `max` passes:
# where only rounding is left of b - A(u), it may not be so exact.
fun newton(by = bicgstab(), tol = 1e-6 + 50*epsilon, max = 500) = {
  require tol > 0, "tol must be above 0"
  return (A, b) -> u -> newton_step(A, b, u, by, tol, max)
}

# Differences of the last m approximations and residuals: a list of two, and
# behind it the older ones.
hierarchy no_history(u, m) = {
  return if m == 1 then [0*u, 0*u] else [0*u, 0*u, no_history(u, m - 1)]
}
hierarchy with_newest(d, e, history, m) = {
  return if m == 1
  then [d, e]
  else {
    let d1, e1, older = history
    return [d, e, with_newest(d1, e1, older, m - 1)]
  }
}

# u without the part of its residual that the history explains, by Gram and
# Schmidt; what is nearly a combination of newer differences counts for nothing.
fun mixed_once(u, r, omega, d, e, orthogonal) = {
  let p, q = orthogonal(d + omega*e, e)
  let isNew = norm(q) > 1e-10*norm(e)
  let length = if isNew then quotient(1, norm(q)) else 0
  let direction = length*p, image = length*q
  let further = (v, w) -> {
    let v1, w1 = orthogonal(v, w)
    return less(v1, w1, direction, image)
  }
  return [u - dot(r, image)*direction, further]
}
hierarchy mixed(u, r, omega, history, orthogonal, m) = {
  return if m == 1
  then {
    let d, e = history
    let next, further = mixed_once(u, r, omega, d, e, orthogonal)
    return next
  }
  else {
    let d, e, older = history
    let next, further = mixed_once(u, r, omega, d, e, orthogonal)
    return mixed(next, r, omega, older, further, m - 1)
  }
}

# Anderson's acceleration (1965) of u + omega*(b - A(u)), by the last m passes.
fun anderson(m = 5, omega = 1) = {
  require is_count(m, 1), "m must be an integer of 1 or more"
  require omega != 0, "omega must not be 0"
  return (A, b) -> {
    let start = u -> [u, u, b - A(u), no_history(u, m)]
    let step = (u, before, earlier, history) -> {
      let r = b - A(u)
      let known = with_newest(u - before, r - earlier, history, m)
      let next = mixed(u + omega*r, r, omega, known, (p, q) -> [p, q], m)
      return [next, u, r, known]
    }
    return [start, step]
  }
}
