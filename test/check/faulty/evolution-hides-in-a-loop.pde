# RUN: cd %S && not pdec check evolution-hides-in-a-loop.pde 2>&1 | diff evolution-hides-in-a-loop.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun smooth(u) = {
  for k in 1 .. 3 {
    evolve u from u by explicit(laplace, 0.1) for k steps
  }
  return u
}
output w = smooth(f)
