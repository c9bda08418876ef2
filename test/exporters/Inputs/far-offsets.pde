grid X : 2d, boundary reflecting
input f on X
let K = stencil(x, [1, 2], from = 3) + stencil(y, [1], from = -2) + 0.5*stencil(x, [1], from = -40)*stencil(y, [1], from = 50)
output u = K(f), v = K'(f)
