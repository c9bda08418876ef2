# RUN: pdec %s --emit program | FileCheck %s
# Stencils on several axes: offsets in each, and the factor of each axis.
grid X : 2d, boundary periodic, spacing [0.5, 0.25]
input f on X

# CHECK: apply [-1 0: 4.0, 0 -1: 16.0, 0 0: -40.0, 0 1: 16.0, 1 0: 4.0] f
output lap = laplace(f)
# CHECK: apply 2.0 * [-1 -1: 1.0, -1 1: -1.0, 1 -1: -1.0, 1 1: 1.0] f
output mixed = (central(x)*central(y))(f)
# CHECK: apply [-1 -1: 1.0, -1 0: 2.0, -1 1: 1.0, 0 -1: 2.0, 0 0: 4.0, 0 1: 2.0, 1 -1: 1.0, 1 0: 2.0, 1 1: 1.0] f
output nine = stencil(X, [[1, 2, 1], [2, 4, 2], [1, 2, 1]])(f)
# CHECK: apply [1 -2: 1.0, 1 -1: -1.0, 2 -1: 3.0] f
output shifted = stencil(X, [[1, -1], [0, 3]], from = [1, -2])(f)
# CHECK: apply [-1 0: 4.0, 0 -1: 16.0, 0 0: -40.0, 0 1: 16.0, 1 0: 4.0] f
output sum = (d2(x) + d2(y))(f)
# CHECK: adjoint [0 0: 1.0, 0 1: 2.0, 1 0: 3.0, 1 1: 4.0] f
output back = (stencil(X, [[1, 2], [3, 4]]))'(f)
