# Gray and Scott's reaction of two substances: spots that grow and divide
grid X : 2d, boundary periodic, size 128

param Du = 0.2, Dv = 0.1  # diffusion
param feed = 0.0367 where feed >= 0, kill = 0.0649 where kill >= 0
param tau = 1.0 where 0 < tau <= 1.5, n = 12000 where n >= 0

fun square(r) = if max(abs(x - size(x)/2), abs(y - size(y)/2)) < r then 1 else 0
input u0 on X = 1 - 0.5*square(10)
input v0 on X = square(10)*(0.25 + 0.05*noise(1))

fun R(u, v) = [Du*laplace(u) - u*v^2 + feed*(1 - u),
     Dv*laplace(v) + u*v^2 - (feed + kill)*v]

evolve u, v from u0, v0 by explicit(R, tau) for n steps
output v
