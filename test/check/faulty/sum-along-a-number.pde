# RUN: cd %S && not pdec check sum-along-a-number.pde 2>&1 | diff sum-along-a-number.pde.expected -
grid X : 2d, size 8
input f on X
output u = sum(f, 2), v = max(f, along = f)
