# RUN: %pdec run %s --as kernel --output u=%t.k.csv
# RUN: %pdec run %s --as network --output u=%t.n.csv
# RUN: cmp %t.k.csv %t.n.csv
# RUN: %pdec run %s --as network --layers --output u=%t.l.csv
# RUN: cmp %t.k.csv %t.l.csv
# RUN: FileCheck %s --input-file %t.k.csv
# A default may be another input as it is.

# CHECK: 2
# CHECK-NEXT: 4
# CHECK-NEXT: 6
grid X : 1d, boundary reflecting, size 3
input f on X = x + 0.5
input g on X = f
output u = f + g
