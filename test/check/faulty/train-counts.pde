# RUN: cd %S && not pdec check train-counts.pde 2>&1 | diff train-counts.pde.expected -
grid X : 1d, size 4
trainable param W : real[3] = 0
input f on X = 1
let J = norm(stencil(x, W)(f))
train W minimising J by sgd() for 0 epochs, batch 2.5
output J
