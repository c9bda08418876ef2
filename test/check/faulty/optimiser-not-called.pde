# RUN: cd %S && not pdec check optimiser-not-called.pde 2>&1 | diff optimiser-not-called.pde.expected -
grid X : 1d, size 8
trainable param w = 0.5, v = 0.5
input f on X = x
let J = norm(w*f - v)^2
train w, v minimising J by adam for 3 epochs
output u = w*f
