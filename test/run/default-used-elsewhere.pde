# RUN: %pdec run %s --as kernel --output u=%t.k.csv
# RUN: %pdec run %s --as network --output u=%t.n.csv
# RUN: cmp %t.k.csv %t.n.csv
# RUN: %pdec run %s --as network --layers --output u=%t.l.csv
# RUN: cmp %t.k.csv %t.l.csv
# RUN: FileCheck %s --input-file %t.k.csv
# A default may be a field that the script uses elsewhere, too.

# CHECK: 1
# CHECK-NEXT: 3
# CHECK-NEXT: 5
grid X : 1d, boundary reflecting, size 3
input f on X = x
output u = f + x
