# RUN: cd %S && not pdec check slope-of-a-function.pde 2>&1 | diff slope-of-a-function.pde.expected -
grid X : 1d, boundary neumann 1
input f on X
let L = d2(x)
output v = L(2*f) + L(f^2)
