# RUN: cd %S && not pdec check channels.pde 2>&1 | diff channels.pde.expected -
grid X : 1d
grid Y : 1d
param W : real[2, 3, 3] = 0, V : real[4, 40, 80, 5] = 0
input f on X
input g on Y
let K = stencil(X, W)
output a = K(f), b = K([f, f])[0], c = (2*K)([f, f, f])[0]
output d = (K + K)([f, f, f])[1], e = (K*K)([f, f, f])[0], h = K([f, f, g])[0]
output i = stencil(X, W, from = 1)([f, f, f])[0], j = K([f, f, 2])[1]
output k = K'([f, f, f])[0], l = stencil(X, W[0])(f), m = V[1]
