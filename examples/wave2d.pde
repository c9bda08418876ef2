# The wave equation u_tt = laplace(u) on a drum, by the leapfrog scheme
grid X : 2d, boundary dirichlet 0, extent [0, 1], size 127

param cfl = 0.7 where 0 < cfl < 1, n = 120 where n >= 0

input f on X = exp(-200*((x - 0.3)^2 + (y - 0.4)^2))

let tau = cfl*spacing(x)/sqrt(2)
fun R(u) = laplace(u)

# Two levels evolve; the drum is at rest at first
evolve u, before from f, leapfrog_start(R, tau, f)
    by leapfrog(R, tau)
    for n steps
output u
