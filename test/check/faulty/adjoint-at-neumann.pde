# RUN: cd %S && not pdec check adjoint-at-neumann.pde 2>&1 | diff adjoint-at-neumann.pde.expected -
grid X : 1d, boundary low reflecting, high neumann 1
input f on X
let D = forward(x)
evolve u from f by explicit(u -> -D'(D(u)), 0.1) for 10 steps
output u
