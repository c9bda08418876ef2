# A denoiser that is learned: two steps of diffusion along 3 filters, each with a
# flux of its own contrast and strength. The images are made by the script:
# ramps, and ellipses of another grey. Train it, then run it:
#   pdec train learned_filters.pde --samples 64 -o w.npz
#   pdec run learned_filters.pde --weights w.npz --output u=u.png
grid X : 2d, boundary reflecting, size 48
param sample = 0
trainable param W : real[3, 2, 2] = dct(2),
                lambda : real[2, 3] = 0.2 where lambda >= 0.02,
                a : real[2, 3] = 0.1

# Numbers from 0 to 1 that differ from sample to sample.
fun draw(i) = 0.5 + 0.5*sin(78.233*(i + 1) + 12.9898*sample)
fun ellipse(i) = {
  let p = (x - 48*draw(i))/(4 + 14*draw(i + 1))
  let q = (y - 48*draw(i + 2))/(4 + 14*draw(i + 3))
  return (draw(i + 4) - 0.5)*step(1 - p^2 - q^2)
}
let image = 0.3
    + 0.4*draw(0)*x/48
    + 0.3*draw(1)*y/48
    + ellipse(2)
    + ellipse(7)
    + ellipse(12)
input g on X = image
# The noise has the variance 0.01, and is nearly normal.
input f on X = image
    + 0.1*(noise(4*sample + 1) + noise(4*sample + 2) + noise(4*sample + 3))

fun denoise(f) = {
  var u = f
  for t in 0 .. 1 {
    var r = 0*u
    for k in 0 .. 2 {
      let K = stencil(X, W[k])
      let z = K(u)
      r = r + K'(a[t, k]*z*exp(-(z/lambda[t, k])^8))
    }
    u = u - r
  }
  return u
}
let u = denoise(f)
train W, lambda, a
    minimising mean((u - g)^2)
    by adam(rate = 2e-3)
    for 20 epochs, batch 8
output u, rest = u - g
