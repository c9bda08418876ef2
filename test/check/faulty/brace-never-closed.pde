# RUN: cd %S && not pdec check brace-never-closed.pde 2>&1 | diff brace-never-closed.pde.expected -
grid X : 1d, boundary reflecting
input f on X
scheme s: u -> {
  let a = 2*u
  u = a/4
evolve u from f by s for 5 steps
output u
