# RUN: cd %S && not pdec check limit-of-backward-flux.pde 2>&1 | diff limit-of-backward-flux.pde.expected -
grid X : 1d, boundary reflecting, size 15
input f on X = 1
fun R(u) = -forward(x)'(fab_flux(forward(x)(u), 1))
evolve u from f by explicit(R, limit(R)) for 10 steps
output u
