# RUN: cd %S && not pdec check evolution-with-an-unknown-name.pde 2>&1 | diff evolution-with-an-unknown-name.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun smooth(b) = {
  evolve u from b by explicit(laplace, tau) until change < eps
  return u
}
output w = smooth(f)
