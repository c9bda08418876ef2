# The heat equation in a cube with cold walls
grid X : 3d, boundary dirichlet 0, extent [0, 1], size 31

param T = 0.05 where T > 0, n = 400 where n >= 1

input f on X = sin(pi*x)*sin(pi*y)*sin(2*pi*z)

evolve u from f by explicit(laplace, T/n) for n steps
output u, error = norm_max(u - exp(-6*pi^2*T)*f)
