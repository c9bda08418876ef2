# RUN: cd %S && not pdec check assignment-miscounted.pde 2>&1 | diff assignment-miscounted.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
scheme s: u -> {
  var v = u
  u, v = 2*v
}
evolve u from f by s for 5 steps
output u
