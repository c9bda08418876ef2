# A breather of the sine-Gordon equation u_tt = u_xx - sin(u): two solitons that
# are bound to each other and swing with the frequency omega
grid X : 1d, boundary reflecting, extent [-20, 20], size 800

param omega = 0.6 where 0 < omega < 1,
      cfl = 0.9 where 0 < cfl < 1,
      n = 460 where n >= 0

let tau = cfl*spacing(x), k = sqrt(1 - omega^2)
fun breather(t) = 4*atan(k/omega*sin(omega*t)/cosh(k*x))
input f on X = 0
input velocity on X = 4*k/cosh(k*x)

fun R(u) = laplace(u) - sin(u)

evolve u, before from f, leapfrog_start(R, tau, f, velocity)
    by leapfrog(R, tau)
    for n steps
let exact = breather(n*tau)
output u, exact, error = norm_max(u - exact)
