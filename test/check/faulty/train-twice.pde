# RUN: cd %S && not pdec check train-twice.pde 2>&1 | diff train-twice.pde.expected -
grid X : 1d, size 4
trainable param W : real[3] = 0
param V : real[3] = 0, n = 3
input f on X = 1
let J = norm(stencil(x, W)(f))
train W minimising J by sgd() for 5 epochs
train W minimising J by adam() for 5 epochs
output J
