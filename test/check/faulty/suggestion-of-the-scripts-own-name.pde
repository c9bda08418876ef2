# RUN: cd %S && not pdec check suggestion-of-the-scripts-own-name.pde 2>&1 | diff suggestion-of-the-scripts-own-name.pde.expected -
grid X : 1d, boundary reflecting
input f on X
let dt = 0.1
evolve u from f by explicit(laplace, dtt) for 3 steps
output u
