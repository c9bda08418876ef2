grid X : 1d, boundary low dirichlet 0.5, high reflecting
param a = 0.3, b = 2
input f on X
let K = stencil(x, [a, 1, b, -1, a*b], from = -2)
let D = forward(x)
output u = K(f), v = K'(f), w = D'(D(f))
