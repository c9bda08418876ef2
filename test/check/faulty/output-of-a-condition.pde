# RUN: cd %S && not pdec check output-of-a-condition.pde 2>&1 | diff output-of-a-condition.pde.expected -
grid X : 1d, boundary reflecting
input f on X
output a = norm(f) < 2
