# RUN: cd %S && not pdec check weights-of-no-offset.pde 2>&1 | diff weights-of-no-offset.pde.expected -
grid X : 2d, boundary reflecting, size 16
input f on X
let K = stencil(X, (i, j) -> i*j, from = [2, 0], to = [1, 3])
let L = stencil(X, (i, j) -> i*j, to = 3)
let M = stencil(x, k -> f, to = 3)
let N = stencil(X, (i, j) -> 1, to = [9, 9])
let O = stencil(x, k -> 1, to = size(x))
output u = K(f), v = L(f), w = M(f), p = N(f), q = O(f)
