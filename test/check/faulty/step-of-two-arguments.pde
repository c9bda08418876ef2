# RUN: cd %S && not pdec check step-of-two-arguments.pde 2>&1 | diff step-of-two-arguments.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
fun g(a, b) = a + b
evolve u from f by g for 5 steps
output u
