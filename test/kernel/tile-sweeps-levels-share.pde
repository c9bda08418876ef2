# RUN: %pdec %s --emit tiles | FileCheck %s
# All levels of a hierarchy share their functions, the finest included, which
# coarsens nothing: one for restriction to vertices, one for that to cells.

# CHECK-COUNT-2: func.func private @sweep
# CHECK-NOT: func.func private @sweep
grid X : 1d, boundary dirichlet 0, size 31
grid Y : 1d, boundary reflecting, size 32
input f on X
input g on Y
output r = restrict(restrict(f))
output s = restrict(restrict(g))
