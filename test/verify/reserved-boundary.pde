# A script that one boundary does not allow is verified under the others.
# RUN: pdec verify %s --precision f64 | FileCheck %s
# CHECK: f64, as written: proved
# CHECK: f64, boundary dirichlet 0: the script does not allow it
grid X : 1d, boundary periodic, size 64
param n = 20
input f on X
let D = forward(x)
# Faces and cells are the same places only without boundary faces.
fun R(u) = -D'(f*D(u))
evolve u from f by explicit(R, 0.1) for n steps
output u
