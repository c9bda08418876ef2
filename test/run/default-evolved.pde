# RUN: %pdec run %s --as kernel --output u=%t.k.csv
# RUN: %pdec run %s --as network --output u=%t.n.csv
# RUN: cmp %t.k.csv %t.n.csv
# RUN: %pdec run %s --as network --layers --output u=%t.l.csv
# RUN: cmp %t.k.csv %t.l.csv
# RUN: FileCheck %s --input-file %t.k.csv
# A default may be computed by steps.

# CHECK: 4
# CHECK-NEXT: 12
# CHECK-NEXT: 20
grid X : 1d, boundary reflecting, size 3
input f on X = x
evolve w from f by u -> 2*u for 3 steps
input g on X = w
output u = g
