# RUN: cd %S && not pdec check train-optimiser-state.pde 2>&1 | diff train-optimiser-state.pde.expected -
grid X : 1d, size 4
trainable param W : real[3] = 0
input f on X = 1
let J = norm(stencil(x, W)(f))
train W minimising J by g -> [w -> [w, w], (w, v) -> w - v*g] for 5 epochs
output J
