# RUN: cd %S && not pdec check optimiser-of-no-memory.pde 2>&1 | diff optimiser-of-no-memory.pde.expected -
grid X : 1d, boundary reflecting
input f on X
input g on X
trainable param k = 0.1
let J = sum((k*f - g)^2)
train k minimising J by lbfgs(m = 0) for 2 epochs
output u = k*f
