# RUN: cd %S && not pdec check freeze-of-nothing.pde 2>&1 | diff freeze-of-nothing.pde.expected -
grid X : 1d
input f on X
output v = hold(f, f)
