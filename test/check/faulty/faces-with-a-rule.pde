# RUN: cd %S && not pdec check faces-with-a-rule.pde 2>&1 | diff faces-with-a-rule.pde.expected -
grid Z : 1d, boundary dirichlet 0, size 64
input v on Z, boundary extrapolated, faces forward(x) = 0
output v
