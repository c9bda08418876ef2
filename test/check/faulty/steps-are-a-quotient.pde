# RUN: cd %S && not pdec check steps-are-a-quotient.pde 2>&1 | diff steps-are-a-quotient.pde.expected -
grid X : 1d, boundary reflecting
param T = 1.0, tau = 0.1
input f on X
evolve u from f by u -> u/2 for T/tau steps
evolve v from f by u -> u/2 for 0.3/0.1 steps
output u, v
