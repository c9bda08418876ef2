# RUN: cd %S && not pdec check train-optimiser.pde 2>&1 | diff train-optimiser.pde.expected -
grid X : 1d, size 4
trainable param W : real[3] = 0
input f on X = 1
let J = norm(stencil(x, W)(f))
train W minimising J by explicit for 5 epochs
output J
