# RUN: cd %S && not pdec check loop-over-reals.pde 2>&1 | diff loop-over-reals.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
scheme s: u -> {
  for k in 0 .. 0.5 {
    u = 2*u
  }
}
evolve u from f by s for 5 steps
output u
