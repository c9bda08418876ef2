# RUN: cd %S && not pdec check divergence-of-a-field.pde 2>&1 | diff divergence-of-a-field.pde.expected -
grid X : 2d
input f on X
output v = grad'(f)
