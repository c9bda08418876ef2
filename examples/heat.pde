# The heat equation u_t = u_xx on (0, 1) with cold ends. From sin(pi*x), the
# solution is exp(-pi^2*t)*sin(pi*x).
grid X : 1d, boundary dirichlet 0, extent [0, 1], size 127

# r: the step size in units of h^2
param r = 0.4 where 0 < r <= 0.5, n = 2000 where n >= 0

input f on X = sin(pi*x)

let L = d2(x)
let tau = r*spacing(x)^2

evolve u from f by u -> u + tau*L(u) for n steps
output u
