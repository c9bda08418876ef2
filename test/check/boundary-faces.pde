# RUN: pdec %s --emit program | FileCheck %s
# At dirichlet sides, one-sided differences have the boundary's face as a row.
grid X : 1d, boundary dirichlet 0
grid Y : 1d, boundary low dirichlet 1, high reflecting
input f on X
input g on Y

# CHECK: apply [0: -1.0, 1: 1.0] f : real on X [-1, +0]
# CHECK: adjoint [0: -1.0, 1: 1.0] {{%.*}} : real on X{{$}}
output a = (forward(X.x)')(forward(X.x)(f))

# CHECK: apply [-1: -1.0, 0: 1.0] f : real on X [-0, +1]
output b = (backward(X.x)')(backward(X.x)(f))

# CHECK: apply 0.5 * [-1: -1.0, 1: 1.0] f : real on X{{$}}
output c = central(X.x)(f)

# CHECK: apply [0: -1.0, 1: 1.0] g : real on Y [-1, +0]
# CHECK: sub g, {{%.*}} : real on Y{{$}}
output d = g - forward(Y.x)(g)

# CHECK: apply [-1: -1.0, 0: 1.0] g : real on Y{{$}}
output e = backward(Y.x)(g)

# Widths beyond two: the centre decides.
# CHECK: apply [1: 1.0, 2: 1.0] f : real on X [-2, +0]
output h = (stencil(X.x, [1, 1], from = 1)')(stencil(X.x, [1, 1], from = 1)(f))
