# RUN: cd %S && not pdec check train-what.pde 2>&1 | diff train-what.pde.expected -
grid X : 1d, size 4
param V : real[3] = 0
trainable param n = 3
input f on X = 1
train V minimising norm(f) by sgd() for 5 epochs
output f
