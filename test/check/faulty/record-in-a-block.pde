# RUN: cd %S && not pdec check record-in-a-block.pde 2>&1 | diff record-in-a-block.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun smooth(b) = {
  evolve u from b by explicit(laplace, 0.1) for 5 steps
      record energy = sum(u^2) every 1
  return u
}
output v = smooth(f)
