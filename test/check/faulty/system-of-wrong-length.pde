# RUN: cd %S && not pdec check system-of-wrong-length.pde 2>&1 | diff system-of-wrong-length.pde.expected -
grid X : 1d
input f on X
fun R(u, v) = [u, v, u]
evolve u, v from f, f by explicit(R, 0.1) for 5 steps
output u
