# RUN: cd %S && not pdec check assign-to-unknown.pde 2>&1 | diff assign-to-unknown.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
scheme s: u -> {
  var k = u
  kk = 2*k
  u = k
}
evolve u from f by s for 2 steps
output u
