# Solvers of A(u) = b. Each makes of A and b a step from one approximation to the
# next: solve A(u) = b by jacobi(4/5) until residual < 1e-8

fun repeated(step, count, u) = {
  var v = u
  for k in 1 .. count {
    v = step(v)
  }
  return v
}

# The diagonal of A(u) - A(0) on the grid of u: A meets the cells of one colour
# at a time, which it does not couple.
fun diagonal(A, u) = {
  let c = colour(u, linear(A))
  var d = 0*like(u, 0)
  for k in 0 .. colours(u, linear(A)) - 1 {
    let one = if c == k then 1 else like(u, 0)
    d = if c == k then linear(A)(one) else d
  }
  # Beyond the sides, where an operator gives nothing, no divisor is zero.
  return if d == 0 then 1 else d
}

# Whether solutions of A(u) = b differ by constants: no side says what u is, and
# A does not see constants, compared with a chessboard.
fun is_singular(A, u) = if not closed(u)
then false
else {
  let every_second = like(u, 1)*colour(u)
  # What weights that add up to zero leave by their rounding.
  let rounded = if epsilon > 1e-10 then 1e-12 else 2e-15
  let least = rounded*norm_max(linear(A)(every_second))
  return norm_max(linear(A)(like(u, 1))) <= least
}

# `scale`, unless A(u) = b has no solution because A gives no constants, but b
# has a mean; `right` is b - A(0).
fun solvable(A, u, right, scale) = if not closed(u)
then scale
else {
  let m = mean(right)
  let least = (1e-10 + 10*epsilon)*norm_max(right)
  return consistent(scale, not is_singular(A, u) or abs(m) <= least, m)
}

# v with the mean of u, where solutions differ by a constant.
fun with_mean(A, u, v) = if not closed(u)
    then v
    else if is_singular(A, u) then v + (mean(u) - mean(v)) else v

# Damped Jacobi iteration.
fun jacobi(omega = 4/5) = {
  require omega > 0, "omega must be above 0"
  return (A, b) -> {
    let d = diagonal(A, b)
    return u -> u + omega*((b - A(u))/d)
  }
}

# Gauss-Seidel iteration, one colour after the other: first all red cells, then
# all black ones.
fun red_black() = (A, b) -> {
  let d = diagonal(A, b)
  let c = colour(b, linear(A))
  return u -> {
    for k in 0 .. colours(b, linear(A)) - 1 {
      u = if c == k then u + (b - A(u))/d else u
    }
  }
}

fun chebyshev_between(low, high) = (A, b) -> {
  let s = 2/(low + high)
  let q = ((high - low)/(high + low))^2
  let start = u -> [u, u, 1, 0]
  let step = (u, v, a, k) -> {
    let next = if k == 0 then 2/(2 - q) else 1/(1 - q*a/4)
    return [a*(u + s*(b - A(u))) + (1 - a)*v, u, next, k + 1]
  }
  return [start, step]
}

# Chebyshev's semi-iteration for eigenvalues of A between low and high > 0.
fun chebyshev(low, high) = {
  require 0 < low <= high, "low must be above 0, and high no less than low"
  return chebyshev_between(low, high)
}

# Functions that derivatives of solutions solve with, and what is compared with
# the bounds of the equation that these solve: a change relative to what changes,
# in units of x, and nothing where only rounding is left.
fun linearised_at(A, x) = v -> linearised(A, x, v)
fun transposed_at(A, x) = v -> transposed(A, x, v)
fun derivative_residual(residual) = if residual <= 64*epsilon
    then 0.0
    else residual
fun derivative_change(change, x, z) = {
  let size = norm_max(z), scale = norm_max(x)
  let unit = if scale > 0 then scale else 1
  return if change <= 64*epsilon*size then 0 else change*unit/size
}
