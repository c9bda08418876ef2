# Two steps of diffusion along 24 filters of 5 x 5, which begin as cosines: 696
# numbers. Clean images may come from a file; the noise is made here:
#   pdec train filters.pde --input g=patches.npy --precision f32 -o w.npz
grid X : 2d, boundary reflecting, size 64
param sample = 0
trainable param W : real[24, 5, 5] = dct(5),
                lambda : real[2, 24] = 0.2 where lambda >= 0.02,
                a : real[2, 24] = 0.04 where a >= 0

fun draw(i) = 0.5 + 0.5*sin(78.233*(i + 1) + 12.9898*sample)
fun half_plane(i) = (draw(i) - 0.5)*step(
        (x - 64*draw(i + 1))*(draw(i + 2) - 0.5)
        + (y - 64*draw(i + 3))*(draw(i + 4) - 0.5))
input g on X = 0.5 + half_plane(0) + half_plane(5) + half_plane(10)
fun uniform(i) = 0.5 + 0.5*noise(2*sample + i)
fun normal() = sqrt(-2*log(max(1 - uniform(0), 1e-7)))*cos(2*pi*uniform(1))
input f on X = g + 25/255*normal()

fun R(t, u) = {
  var r = 0*u
  for k in 0 .. 23 {
    let K = stencil(X, W[k])
    let z = K(u)
    r = r - K'(a[t, k]*z*exp(-(z/lambda[t, k])^8))
  }
  return r
}
fun block(t) = explicit(u -> R(t, u), 1)
evolve v from f by block(0) for 1 steps
evolve u from v by block(1) for 1 steps
train W, lambda, a
    minimising mean((u - g)^2)
    by adam(rate = 1e-3)
    for 40 epochs, batch 8
output u
