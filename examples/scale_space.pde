# Layers of a network that is made of equations, after Smets et al.: each moves a
# picture (convection), blurs it (diffusion), and widens what is bright and what is
# dark (dilation, erosion), by numbers that may be learned
grid X : 2d, boundary reflecting, size 64

param W : real[2, 5] = [[1.5, -1, 0.5, 0.4, 0.3], [-2, 0.5, 0.3, 0.2, 0.5]]

input f on X = step(14 - hypot(x - 24, y - 32)) + 0.3*noise(1)
input wanted on X = step(16 - hypot(x - 26, y - 30))

# What solves u_t = |grad u|^2 and u_t = -|grad u|^2 within four cells
fun dilated(u, t) = dilation(y, t, 4)(dilation(x, t, 4)(u))
fun eroded(u, t) = erosion(y, t, 4)(erosion(x, t, 4)(u))

fun layer(u, w) = {
  let moved = shift(y, w[1], 3)(shift(x, w[0], 3)(u))
  let smooth = moved + w[2]^2/4*laplace(moved)
  return eroded(dilated(smooth, w[3]^2 + 0.1), w[4]^2 + 0.1)
}
fun network(u0) = {
  var u = u0
  for k in 0 .. 1 {
    u = layer(u, W[k])
  }
  return u
}

let u = network(f)
let loss = mean((u - wanted)^2)
output u, loss, slope = gradient(loss, W)
