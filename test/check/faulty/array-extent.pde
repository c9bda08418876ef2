# RUN: cd %S && not pdec check array-extent.pde 2>&1 | diff array-extent.pde.expected -
grid X : 1d
param V : real[0] = 1, W : real[2, 2.5] = 1, n = 3, U : real[n] = 1, T : int[3] = 1
output a = V
