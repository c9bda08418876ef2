# Erosion and dilation by structuring functions, and shifts: what stencils are
# whose weights are functions of the offset.

# The solution of u_t = -|u_x|^(2*alpha) along an axis at the time t > 0, after
# Hopf and Lax, with alpha > 1/2: the least of u(x + y) + k(y) over r cells to both
# sides. For alpha = 1, k(y) is y^2/(4*t).
fun erosion(axis, t, r, alpha = 1) = {
  require t > 0, "t must be above 0"
  require alpha > 1/2, "alpha must be above 1/2"
  require is_count(r, 1), "r must be an integer of 1 or more"
  let b = 2*alpha/(2*alpha - 1)
  let scale = (2*alpha - 1)/(2*alpha)^b*t^(-1/(2*alpha - 1))
  let ofCell = scale*spacing(axis)^b
  return stencil(axis, k -> ofCell*abs(k)^b, to = r, over = min)
}

# The same for u_t = |u_x|^(2*alpha): the greatest of u(x + y) - k(y).
fun dilation(axis, t, r, alpha = 1) = erosion(axis, t, r, alpha)'

# Moves a field by the distance a along an axis, at most r cells, by linear
# interpolation: u(x - a).
fun shift(axis, a, r) = {
  require is_count(r, 1), "r must be an integer of 1 or more"
  let cells = clamp(a/spacing(axis), -r, r)
  return stencil(axis, k -> max(0, 1 - abs(k + cells)), to = r)
}
