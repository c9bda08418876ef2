# Denoising as a minimum of |u - f|^2/2 + alpha*TV(u), by Nesterov's accelerated
# descent
grid X : 1d, boundary reflecting, size 256

param alpha = 0.3 where alpha > 0, eps = 0.02 where eps > 0, n = 20 where n >= 0

input f on X = step(x - 100) - 0.5*step(x - 180) + 0.1*noise(1)

let D = forward(x)
fun R(u) = f - u - alpha*D'(tv_flux(D(u), eps))
let tau = 1/(1 + 4*alpha/eps)

evolve u from f by nesterov(R, tau, cycle = 20) for n steps
output u
