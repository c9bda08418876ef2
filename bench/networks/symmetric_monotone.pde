# Eight symmetric residual blocks with a monotone activation: 328
# numbers
import "signals.pde"
grid X : 1d, boundary reflecting, size 256
trainable param W : real[8, 8, 1, 5] = (t, o, i, m) -> 0.2*noise(1),
                lambda : real[8] = 0.2 where lambda >= 0.02
input g on X = signal(x)
input f on X = noisy(g)
fun net(f) = {
  var u = f
  for t in 0 .. 7 {
    let K = stencil(X, W[t])
    u = u - K'(clamp(K(u), -lambda[t], lambda[t]))
  }
  return u
}
let u = net(f)
train W, lambda
    minimising mean((u - g)^2)
    by adam(rate = 3e-3)
    for 30 epochs, batch 16
output u, loss = mean((u - g)^2)
