# Two recurrent blocks, implicit steps that are solved by Picard's iteration: 82
# numbers
import "signals.pde"
grid X : 1d, boundary reflecting, size 256
trainable param W : real[2, 8, 1, 5] = (t, o, i, m) -> 0.2*noise(1),
                lambda : real[2] = 0.2 where lambda >= 0.02
input g on X = signal(x)
input f on X = noisy(g)
fun net(f) = {
  var u = f
  for t in 0 .. 1 {
    let K = stencil(X, W[t])
    let old = u
    for k in 1 .. 10 {
      u = u + 0.3*(old - K'(phi(K(u), lambda[t])) - u)
    }
  }
  return u
}
let u = net(f)
train W, lambda
    minimising mean((u - g)^2)
    by adam(rate = 3e-3)
    for 30 epochs, batch 16
output u, loss = mean((u - g)^2)
