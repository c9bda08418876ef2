# RUN: cd %S && not pdec check record-named-as-output.pde 2>&1 | diff record-named-as-output.pde.expected -
grid X : 1d, boundary reflecting
input f on X
evolve u from f by u -> u/2 for 5 steps
    record u = norm(u) every 1
output u
