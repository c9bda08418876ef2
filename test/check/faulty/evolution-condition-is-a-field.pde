# RUN: cd %S && not pdec check evolution-condition-is-a-field.pde 2>&1 | diff evolution-condition-is-a-field.pde.expected -
grid X : 1d, boundary reflecting
input f on X
evolve u from f by u -> u/2 until abs(u) < 0.1
output u
