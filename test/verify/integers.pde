# Integers of parameters count steps: a choice of one or none, a modulus.
# RUN: pdec verify %s --precision f64 | FileCheck %s
grid X : 1d, boundary reflecting, size 20
param n = 5, m = -3
input f on X = x
let k = if n < 6 then 1 else 0
evolve u from f by u -> 0.5*u for k + abs(m) steps
output u
# CHECK: f64, as written: proved on 1, 4 and 43 cells; {{.*}} the same to the bit; reference within 0.0e+00
