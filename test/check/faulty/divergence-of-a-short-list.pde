# RUN: cd %S && not pdec check divergence-of-a-short-list.pde 2>&1 | diff divergence-of-a-short-list.pde.expected -
grid X : 3d
input f on X
output v = grad'([f, f])
