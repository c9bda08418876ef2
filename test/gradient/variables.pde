# RUN: %pdec run %s --size X=4 --output a=%t.a.csv --output b=%t.b.csv --output c=%t.c.csv
# RUN: cat %t.a.csv %t.b.csv %t.c.csv | FileCheck %s
# A field that a let with a grid declares is a variable though it obeys its rule
# without, and not the field that it is made of. A number that does not depend on
# a variable, whichever is asked for first, has the derivative zero.
grid X : 1d
input f on X = index(x) + 1
input g on X = 0
let m on X = f
let k on X = abs(f)
let J = dot(m, m) + sum(f)
# CHECK: 2
# CHECK-NEXT: 4
# CHECK-NEXT: 6
# CHECK-NEXT: 8
output a = gradient(J, m)
# CHECK-NEXT: 2
# CHECK-NEXT: 4
# CHECK-NEXT: 6
# CHECK-NEXT: 8
output b = gradient(sum(k^2), k)
# CHECK-NEXT: 0
# CHECK-NEXT: 0
# CHECK-NEXT: 0
# CHECK-NEXT: 0
output c = gradient(J, g)
