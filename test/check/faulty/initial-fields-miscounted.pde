# RUN: cd %S && not pdec check initial-fields-miscounted.pde 2>&1 | diff initial-fields-miscounted.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
scheme s: u -> 2*u
evolve u from f, f by s for 5 steps
output u
