# RUN: %pdec verify %s
# RUN: %pdec run %s --output u=%t.csv --size X=2
# RUN: FileCheck %s --input-file %t.csv
# A step may read the field that the evolution started from, however many steps
# there are: it is still what it was.

# The fixed point of u + 0.2*d2(u) + 0.05*(f - u) for f = 0, 1 is 0.8/1.8 = 4/9.
# CHECK: 0.4444{{[0-9]*}}
# CHECK-NEXT: 0.5555{{[0-9]*}}
grid X : 1d, boundary reflecting
param n = 1000
input f on X = step(x - 1)
evolve u from f by u -> u + 0.2*d2(x)(u) + 0.05*(f - u) for n steps
output u
