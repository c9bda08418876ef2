# The heat equation with white noise, u_t = u_xx + sigma*xi, by the steps of Euler
# and Maruyama. Each has noise of its own: k counts them.
grid X : 1d, boundary periodic, extent [0, 1], size 100

param sigma = 1.0 where sigma >= 0, n = 2000 where n >= 0

let tau = 0.4*spacing(x)^2
let strength = sigma*sqrt(3*tau/spacing(x))

evolve u, k from 0, 0
    by (u, k) -> [u + tau*laplace(u) + strength*noise(X, k), k + 1]
    for n steps
    record power = mean(u^2) every 100
output u
