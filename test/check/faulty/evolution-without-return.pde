# RUN: cd %S && not pdec check evolution-without-return.pde 2>&1 | diff evolution-without-return.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun smooth(b) = {
  evolve u, t from b, 0 by (u, t) -> [u + 0.1*laplace(u), t + 0.1] for 5 steps
}
output w = smooth(f)
