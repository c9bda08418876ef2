# RUN: cd %S && not pdec check unclosed-block.pde 2>&1 | diff unclosed-block.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
scheme s: u -> {
  let k = 2*u
  u = k
evolve u from f by s for 5 steps
output u
