# RUN: cd %S && not pdec check name-without-let.pde 2>&1 | diff name-without-let.pde.expected -
grid X : 1d, boundary reflecting
input f on X
let a = 2*f
b = a + 1
output b
