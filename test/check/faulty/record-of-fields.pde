# RUN: cd %S && not pdec check record-of-fields.pde 2>&1 | diff record-of-fields.pde.expected -
grid X : 1d, boundary reflecting
input f on X
evolve u, v from f, f by (u, v) -> [v, u] for 5 steps
    record both = [u, v] every 1
output u
