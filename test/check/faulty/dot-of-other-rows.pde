# RUN: cd %S && not pdec check dot-of-other-rows.pde 2>&1 | diff dot-of-other-rows.pde.expected -
grid Z : 1d, boundary dirichlet 0, size 64
input f on Z
output u = f/dot(forward(x)(f), f)
