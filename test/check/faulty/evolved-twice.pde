# RUN: cd %S && not pdec check evolved-twice.pde 2>&1 | diff evolved-twice.pde.expected -
grid X : 1d
trainable param w : real = 0.5
input f on X
evolve u, u from f, f by (u, v) -> [u, v] for 3 steps
train w, w minimising sum(w*f^2) by adam() for 3 epochs
output u
