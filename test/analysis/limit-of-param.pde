# Up to which value of a parameter a step is certified: where all that operators
# give is proportional to it or to its square, for all values and not for the
# script's own alone.

# RUN: pdec check %s | FileCheck %s

grid X : 1d, boundary periodic, size 64
param tau = 0.25, a = 1.0, b = 0.4, c = 0.3, d = 0.2, e = 0.1
input f on X = step(x - 32)
let D = forward(x)
let K = stencil(x, [-a, a], from = 0)
fun tv(s) = s/sqrt(1 + s^2)

# tau^2*4 <= 4.
# CHECK: [[#@LINE+3]]:1: w
# CHECK: roots lie in the closed unit disc
# CHECK: tau = 0.25, and up to 0.99999{{[0-9]}}
evolve w, v from f, f by leapfrog(laplace, tau) for 1 steps

# a^2*4 <= 2/0.3.
# CHECK: [[#@LINE+2]]:1: squared
# CHECK: a = 1, and up to 1.29099
evolve squared from f by explicit(u -> -K'(K(u)), 0.3) for 1 steps

# 0.1*4^2 <= 2.
# CHECK: [[#@LINE+2]]:1: twice
# CHECK: = 0.1, and up to {{0\.12(5|4999[0-9]*)$}}
evolve twice from f by explicit(u -> -laplace(laplace(u)), e) for 1 steps

# Within the flux.
# CHECK: [[#@LINE+2]]:1: within
# CHECK: b = 0.4, and up to 0.49999{{[0-9]}}
evolve within from f by explicit(u -> -D'(b*tv(D(u))), 1) for 1 steps

# Only some of what is added.
# CHECK: [[#@LINE+3]]:1: part
# CHECK: the Euclidean norm of part never grows
# CHECK-NOT: = {{.*}}, and
evolve part from f by u -> u + 0.1*laplace(u) - b*D'(D(u))/2 for 1 steps

# As long as a condition holds, or where something is zero for the script's value.
# CHECK: [[#@LINE+3]]:1: chosen
# CHECK: the Euclidean norm of chosen
# CHECK-NOT: = {{.*}}, and
evolve chosen from f by explicit(u -> (if b < 0.45 then b else 10*b)*laplace(u), 1) for 1 steps
# CHECK: [[#@LINE+3]]:1: cancels
# CHECK: the Euclidean norm of cancels
# CHECK-NOT: = {{.*}}, and
evolve cancels from f by u -> (1 + (c - 0.3))*u + c*laplace(u) for 1 steps

# The shape of a flux, too.
# CHECK: [[#@LINE+3]]:1: shaped
# CHECK: the Euclidean norm of shaped
# CHECK-NOT: = {{.*}}, and
evolve shaped from f by explicit(u -> -D'(perona_malik_flux(D(u), d)), d) for 1 steps
output w, v, squared, twice, within, part, chosen, cancels, shaped
