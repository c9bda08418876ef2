# Pointwise functions that need nothing but the language.

fun sign(s) = if s > 0 then 1 else if s < 0 then -1 else 0

# 0 before zero, 1 from zero on
fun step(s) = if s < 0 then 0 else 1

fun clamp(s, low, high) = min(max(s, low), high)

fun relu(s) = max(s, 0)

# Whether a number counts something of which there are at least so many.
fun is_count(n, least) = least <= n < infinity and floor(n) == n

# Derivative along an axis against the flow of velocity v.
fun upwind(axis, v, u) = max(v, 0)*backward(axis)(u)
    + min(v, 0)*forward(axis)(u)

# The least whole number that is not below s
fun ceil(s) = -floor(-s)

# The nearest whole number; of two alike the one that is farther from zero.
fun round(s) = {
  let below = floor(abs(s))
  let nearest = if abs(s) - below < 0.5 then below else below + 1
  return if s == floor(s) then floor(s) else if s < 0 then -nearest else nearest
}
