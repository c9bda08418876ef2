# A program tells that a parameter makes steps longer than what is certified, with
# the limit, if all else is as in the script; and else how much too long they are.

# RUN: pdec %s -o %t.prog 2>&1 | count 0
# RUN: %t.prog --quiet 2>&1 | count 0
# RUN: %t.prog --quiet --set tau=0.5 2>&1 | count 0
# RUN: %t.prog --quiet --set tau=0.6 2>&1 | FileCheck %s
# RUN: %t.prog --quiet --set tau=0.6,lambda=0.3 2>&1 | FileCheck %s --check-prefix=ELSE
# RUN: %t.prog --quiet --set tau=0.6 --size X=20 2>&1 | FileCheck %s --check-prefix=ELSE
# RUN: %t.prog --quiet --set tau=0.5,lambda=0.3 --size X=20 2>&1 | count 0
# RUN: %t.prog --quiet --set tau=0.6,lambda=-0.3 2>&1 | count 0
# RUN: pdec run %s --quiet --set tau=0.6 2>&1 | FileCheck %s
# RUN: pdec %s --as network -o %t.net && %t.net --quiet --set tau=0.6 2>&1 | FileCheck %s
# RUN: pdec run %s --as network --layers --quiet --set tau=0.6 --size 20 2>&1 | FileCheck %s --check-prefix=ELSE
# CHECK-COUNT-1: warning: tau = 0.6 is more than 0.5003, up to which the steps of 'u' (long-steps.pde:[[#@LINE+13]]) are certified: it may grow
# CHECK-NOT: 'v'
# ELSE-COUNT-1: warning: the steps of 'u' (long-steps.pde:{{[0-9]+}}) are 1.2 times as long as what is certified for these parameters and sizes: it may grow
# ELSE-NOT: warning

grid X : 1d, boundary reflecting, size 64
param tau = 0.4, lambda = 0.1, n = 2
input f on X = 0.01*step(x - 32)

let D = forward(x)
fun R(u) = -D'(perona_malik_flux(D(u), lambda))

# The first is explicit; the second implicit, and certified for any step.
evolve u from f by explicit(R, tau) for n steps
evolve v from f by implicit(w -> -D'(D(w)), tau, omega = 2/(2 + 4*tau)) for n steps
output u, v
