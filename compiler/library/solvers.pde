# Solvers of A(u) = b. Each makes of A and b a step from one approximation to the
# next: solve A(u) = b by jacobi(4/5) until residual < 1e-8

fun repeated(step, count, u) = {
  var v = u
  for k in 1 .. count {
    v = step(v)
  }
  return v
}

# The diagonal of A on the grid of u, for operators that couple a cell with its
# neighbours along the axes: A meets the cells of one colour of a chessboard at a
# time.
fun diagonal(A, u) = {
  let red = parity(u)
  let rest = A(like(u, 0))
  let d = if red == 1 then A(red) - rest else A(1 - red) - rest
  # Beyond the sides, where an operator gives nothing, no divisor is zero.
  return if d == 0 then 1 else d
}

# Damped Jacobi iteration.
fun jacobi(omega = 4/5) = (A, b) -> {
  let d = diagonal(A, b)
  return u -> u + omega*((b - A(u))/d)
}

# Gauss-Seidel iteration, first all red cells, then all black ones.
fun red_black() = (A, b) -> {
  let d = diagonal(A, b)
  let red = parity(b)
  return u -> {
    u = if red == 1 then u + (b - A(u))/d else u
    u = if red == 1 then u else u + (b - A(u))/d
  }
}

# Chebyshev's semi-iteration for eigenvalues of A between low and high > 0.
fun chebyshev(low, high) = (A, b) -> {
  let s = 2/(low + high)
  let q = ((high - low)/(high + low))^2
  let start = u -> [u, u, 1, 0]
  let step = (u, v, a, k) -> {
    let next = if k == 0 then 2/(2 - q) else 1/(1 - q*a/4)
    return [a*(u + s*(b - A(u))) + (1 - a)*v, u, next, k + 1]
  }
  return [start, step]
}
