# RUN: cd %S && not pdec check misspelt-short-name.pde 2>&1 | diff misspelt-short-name.pde.expected -
grid X : 1d, boundary reflecting
param tau = 0.1
input f on X
output u = f + dt*laplace(f)
