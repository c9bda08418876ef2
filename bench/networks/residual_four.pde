# Four residual blocks with two free kernels each: 328 numbers
import "signals.pde"
grid X : 1d, boundary reflecting, size 256
trainable param K : real[4, 8, 1, 5] = (t, o, i, m) -> 0.2*noise(1),
                L : real[4, 1, 8, 5] = (t, o, i, m) -> 0.2*noise(2),
                lambda : real[4] = 0.2 where lambda >= 0.02
input g on X = signal(x)
input f on X = noisy(g)
fun net(f) = {
  var u = f
  for t in 0 .. 3 {
    let inner = stencil(X, K[t])
    let outer = stencil(X, L[t])
    u = u + outer(phi(inner(u), lambda[t]))
  }
  return u
}
let u = net(f)
train K, L, lambda
    minimising mean((u - g)^2)
    by adam(rate = 3e-3)
    for 30 epochs, batch 16
output u, loss = mean((u - g)^2)
