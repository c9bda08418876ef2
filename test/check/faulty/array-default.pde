# RUN: cd %S && not pdec check array-default.pde 2>&1 | diff array-default.pde.expected -
grid X : 1d, size 4
param V : real[2, 2] = [[1, 2], [3]], W : real[2] = [1, 2, 3],
    U : real[2] = (i, j) -> i, T : real[2] = x, S : real[2] = 3 where S < 2
output a = V
