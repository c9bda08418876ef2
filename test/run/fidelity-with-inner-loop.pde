# RUN: %pdec verify %s
# The same where a step has a loop of its own.
grid X : 1d, boundary reflecting
input f on X
scheme relaxed(a): u -> {
  for k in 1 .. 3 {
    u = 0.5*u
  }
  u = u + a*u
}
evolve u from f by relaxed(f) for 2 steps
output u
