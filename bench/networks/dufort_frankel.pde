# Four blocks of Du Fort and Frankel's scheme, which extrapolate: 168 numbers
import "signals.pde"
grid X : 1d, boundary reflecting, size 256
trainable param W : real[4, 8, 1, 5] = (t, o, i, m) -> 0.2*noise(1),
                lambda : real[4] = 0.2 where lambda >= 0.02,
                tau : real[4] = 1 where 0 <= tau <= 20,
                alpha : real[4] = 0.5 where alpha >= 0.25
input g on X = signal(x)
input f on X = noisy(g)
fun net(f) = {
  var u = f
  var before = f
  for t in 0 .. 3 {
    let K = stencil(X, W[t])
    let r = K'(phi(K(u), lambda[t]))
    let a = if t == 0 then 1 else 4*tau[t]*alpha[t]/(1 + 2*tau[t]*alpha[t])
    u, before = a*(u - r/(2*alpha[t])) + (1 - a)*before, u
  }
  return u
}
let u = net(f)
train W, lambda, tau, alpha
    minimising mean((u - g)^2)
    by adam(rate = 3e-3)
    for 30 epochs, batch 16
output u, loss = mean((u - g)^2)
