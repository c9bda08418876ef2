# RUN: cd %S && not pdec check scheme-with-result.pde 2>&1 | diff scheme-with-result.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
scheme s: u -> {
  return 2*u
}
evolve u from f by s for 5 steps
output u
