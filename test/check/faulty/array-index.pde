# RUN: cd %S && not pdec check array-index.pde 2>&1 | diff array-index.pde.expected -
grid X : 1d, size 4
param W : real[2, 3] = 0, k = 1
input f on X = 1
let pair = [1, 2]
output a = W[2, 0]*f, b = W[0, -1]*f, c = W[0, 0, 0]*f, d = f[1], e = pair[k]*f,
    g = pair[2]*f, h = W[1.5, 0]*f, i = W[0]*f, j = W*f
