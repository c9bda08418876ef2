# RUN: cd %S && not pdec check lists-of-different-lengths.pde 2>&1 | diff lists-of-different-lengths.pde.expected -
grid X : 2d
input f on X
output v = inner(grad(f), [f, f, f])
