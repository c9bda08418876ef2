# RUN: cd %S && not pdec check step-of-wrong-length.pde 2>&1 | diff step-of-wrong-length.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
input g on X
evolve u, v from f, g by (a, b) -> [a, b, a + b] for 5 steps
output u
