# RUN: cd %S && not pdec check step-in-a-block-changes-parts.pde 2>&1 | diff step-in-a-block-changes-parts.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun smooth(b) = {
  evolve u, v from b, b by u -> 0.1*u[0] for 5 steps
  return u
}
output w = smooth(f)
