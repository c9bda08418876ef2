# A layer of a network that is made of equations, after Smets et al.: it moves a
# picture (convection), blurs it (diffusion), and widens what is bright and what is
# dark (dilation, erosion), by numbers that may be learned
grid X : 2d, boundary reflecting, size 64

param W : real[5] = [1.5, -1, 0.5, 0.4, 0.3]

input f on X = step(14 - hypot(x - 24, y - 32)) + 0.3*noise(1)
input wanted on X = step(16 - hypot(x - 26, y - 30))

# What solves u_t = |grad u|^2 and u_t = -|grad u|^2 within two cells
fun dilated(u, t) = dilation(y, t, 2)(dilation(x, t, 2)(u))
fun eroded(u, t) = erosion(y, t, 2)(erosion(x, t, 2)(u))

fun layer(u, w) = {
  let moved = shift(y, w[1], 2)(shift(x, w[0], 2)(u))
  let smooth = moved + w[2]^2/4*laplace(moved)
  return eroded(dilated(smooth, w[3]^2 + 0.1), w[4]^2 + 0.1)
}
let u = layer(f, W)
let loss = mean((u - wanted)^2)
output u, loss
