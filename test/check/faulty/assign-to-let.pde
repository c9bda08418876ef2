# RUN: cd %S && not pdec check assign-to-let.pde 2>&1 | diff assign-to-let.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
scheme s: u -> {
  let k = u
  k = 2*k
  u = k
}
evolve u from f by s for 2 steps
output u
