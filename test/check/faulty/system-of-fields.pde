# RUN: cd %S && not pdec check system-of-fields.pde 2>&1 | diff system-of-fields.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
input g on X
scheme s: u -> 2*u
evolve u, v from f, g by s for 5 steps
output u
