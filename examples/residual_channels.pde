# A residual network with channels. Four fields u are led to six, cut off
# there, and led back by the adjoint: u - tau*K'(relu(K(u) + b)) is one step of a
# diffusion with vector values. Each step has weights of its own. Train it on
# signals with jumps, which the script makes; then run it:
#   pdec train residual_channels.pde --samples 64 -o w.npz
#   pdec run residual_channels.pde --weights w.npz --plot u.svg
grid X : 1d, boundary reflecting, size 128
param sample = 0, tau = 0.5
trainable param W : real[2, 6, 4, 5] = (k, o, i, m) -> 0.25*noise(5),
                b : real[2, 6] = 0.05
# How the signal is spread over the channels, and gathered again.
trainable param spread : real[2, 4] = 0.5

fun draw(i) = 0.5 + 0.5*sin(78.233*(i + 1) + 12.9898*sample)
let jumps = draw(0)*step(x - 40*draw(1))
    - draw(2)*step(x - 60 - 30*draw(3))
    + 0.5*draw(4)*step(x - 95 - 20*draw(5))
input g on X = jumps
input f on X = jumps + 0.2*noise(4*sample + 1)

fun relu(s) = max(s, 0)
fun network(f) = {
  var u = spread[0]*f
  for k in 0 .. 1 {
    let K = stencil(X, W[k])
    u = u - tau*K'(relu(K(u) + b[k]))
  }
  return inner(spread[1], u)
}
let u = network(f)
train W, b, spread
    minimising mean((u - g)^2)
    by adam(rate = 5e-3)
    for 20 epochs, batch 8
output u, rest = u - g
