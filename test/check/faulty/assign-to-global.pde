# RUN: cd %S && not pdec check assign-to-global.pde 2>&1 | diff assign-to-global.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let a = 1
scheme s: u -> {
  a = 2
  u = a*u
}
evolve u from f by s for 2 steps
output u
