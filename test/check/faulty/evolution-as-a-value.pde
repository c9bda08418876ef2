# RUN: cd %S && not pdec check evolution-as-a-value.pde 2>&1 | diff evolution-as-a-value.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun smooth(b) = evolve u from b by explicit(laplace, 0.1) for 5 steps
let v = evolve u from f by explicit(laplace, 0.1) for 5 steps
output w = smooth(f)
