# Gray and Scott's reaction of two substances, which diffuse: two fields
grid X : 2d, boundary periodic, size 512

param Du = 0.2, Dv = 0.1, feed = 0.0367, kill = 0.0649
param tau = 1.0 where 0 < tau <= 1.5, n = 100 where n >= 0

input u0 on X = 1 - 0.5*step(x - size(x)/2)
input v0 on X = step(x - size(x)/2)*(0.25 + 0.05*noise(1))

fun R(u, v) = [Du*laplace(u) - u*v^2 + feed*(1 - u),
     Dv*laplace(v) + u*v^2 - (feed + kill)*v]

evolve u, v from u0, v0 by explicit(R, tau) for n steps
output u, v
