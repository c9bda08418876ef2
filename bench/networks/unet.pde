# A U-net: one cycle of a full approximation scheme for an implicit step, with
# filters of its own on each of three grids: 126 numbers
import "signals.pde"
grid X : 1d, boundary reflecting, size 256
trainable param W : real[3, 8, 1, 5] = (l, o, i, m) -> 0.2*noise(1),
                lambda : real[3] = 0.2 where lambda >= 0.02,
                omega : real[3] = 0.4 where 0 <= omega <= 1
input g on X = signal(x)
input f on X = noisy(g)
hierarchy cycle(b, u, level) = {
  let K = stencil(X, W[level])
  let A = v -> v + K'(phi(K(v), lambda[level]))
  let smooth = v -> v + omega[level]*(b - A(v))
  let v = repeated(smooth, 2, u)
  return if level == 2
  then repeated(smooth, 4, v)
  else {
    let start = restrict(v)
    let right = restrict(b - A(v)) + A(start)
    let w = cycle(right, start, level + 1)
    return repeated(smooth, 2, v + prolong(w - start))
  }
}
let u = cycle(f, f, 0)
train W, lambda, omega
    minimising mean((u - g)^2)
    by adam(rate = 3e-3)
    for 30 epochs, batch 16
output u, loss = mean((u - g)^2)
