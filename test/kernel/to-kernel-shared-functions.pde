# RUN: %pdec %s --emit pde | %pde-opt --pde-to-kernel | FileCheck %s
# Sweeps that differ in grids and fields only share a function; another weight, or
# another boundary rule, makes another one.

# CHECK-COUNT-4: constant @sweep
# CHECK-NOT: constant @sweep
# CHECK-COUNT-4: func.func private @sweep
# CHECK-NOT: func.func private @sweep
grid X : 2d, boundary reflecting
grid Y : 2d, boundary reflecting
grid Z : 2d, boundary periodic
input f on X
input g on Y
input h on Z
param a = 0.1, b = 0.2
output f1 = f + a*laplace(f)
output f2 = f + b*laplace(f)
output g1 = g + a*laplace(g)
output g2 = laplace(g)
output g3 = 0.3*laplace(g)
output h1 = h + a*laplace(h)
