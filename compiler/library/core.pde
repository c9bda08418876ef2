# Pointwise functions that need nothing but the language.

fun sign(s) = if s > 0 then 1 else if s < 0 then -1 else 0

# 0 before zero, 1 from zero on
fun step(s) = if s < 0 then 0 else 1

fun clamp(s, low, high) = min(max(s, low), high)

fun relu(s) = max(s, 0)

# Derivative along an axis against the flow of velocity v.
fun upwind(axis, v, u) = max(v, 0)*backward(axis)(u)
    + min(v, 0)*forward(axis)(u)
