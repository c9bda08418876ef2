# RUN: cd %S && not pdec check output-of-a-list.pde 2>&1 | diff output-of-a-list.pde.expected -
grid X : 2d
input f on X
output p = grad(f)
