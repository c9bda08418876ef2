# RUN: cd %S && not pdec check grid-not-coarsened.pde 2>&1 | diff grid-not-coarsened.pde.expected -
grid X : 1d, boundary low dirichlet 0, high reflecting
input f on X
output v = prolong(restrict(f))
