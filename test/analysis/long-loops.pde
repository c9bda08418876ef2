# Many passes in a step are as good as one, and their polynomials are not needed.

# RUN: pdec check %s | FileCheck %s

grid X : 1d, boundary periodic, size 64
param tau = 0.4, long = 0.51
input f on X = step(x - 32)

scheme many(R, tau): u -> {
  for k in 0 .. 299 {
    u = u + tau*R(u)
  }
}

# CHECK: [[#@LINE+4]]:1: u
# CHECK-NEXT: the Euclidean norm of u never grows
# CHECK-NEXT: by the theorem 'an average of explicit steps'
# CHECK: tau = 0.4, and up to {{0\.(5|49999[0-9])$}}
evolve u from f by many(laplace, tau) for 1 steps
output u
