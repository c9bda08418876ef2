# RUN: %pdec run %s --as kernel --output u=%t.k.csv --output v=%t.kv.csv
# RUN: %pdec run %s --as network --output u=%t.n.csv --output v=%t.nv.csv
# RUN: cmp %t.k.csv %t.n.csv
# RUN: cmp %t.kv.csv %t.nv.csv
# RUN: %pdec run %s --as network --layers --output u=%t.l.csv --output v=%t.lv.csv
# RUN: cmp %t.k.csv %t.l.csv
# RUN: cmp %t.kv.csv %t.lv.csv
# RUN: FileCheck %s --input-file %t.k.csv
# Coordinates and noise are fields like others: beyond the end of a periodic grid
# comes its first cell.

# CHECK: 1
# CHECK-NEXT: 1
# CHECK-NEXT: 1
# CHECK-NEXT: -3
grid X : 1d, boundary periodic, size 4
input f on X = 0*x
output u = forward(x)(x), v = forward(x)(f + noise(X, 1))
