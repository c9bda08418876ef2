# RUN: pdec %s --emit program | FileCheck %s
# Pure stencils are merged; with an adjoint in them, operators stay expressions.
grid X : 1d, boundary reflecting, spacing 0.5
input f on X
let A = forward(x)
let B = backward(x)

# CHECK: [[D2:%.*]] = apply 4.0 * [-1: 1.0, 0: -2.0, 1: 1.0] f
# CHECK: output product = [[D2]]
output product = (A*B)(f)

# CHECK: [[SUM:%.*]] = apply 2.0 * [-1: -1.0, 1: 1.0] f
# CHECK: output sum = [[SUM]]
output sum = (A + B)(f)

# CHECK: [[DIFFERENCE:%.*]] = apply 2.0 * [-1: 1.0, 0: -2.0, 1: 1.0] f
# CHECK: output difference = [[DIFFERENCE]]
output difference = (A - B)(f)

# CHECK: apply 2.0 * [0: -1.0] f
output zero_taps_are_dropped = (A - stencil(x, [0, 1], from = 0)/spacing(x))(f)

# CHECK: [[SQUARE:%.*]] = apply 4.0 * [0: 1.0, 1: -2.0, 2: 1.0] f
output square = (A^2)(f)

# CHECK: [[IDENTITY:%.*]] = apply [0: 1.0] f
output identity = (A^0)(f)

# The adjoint of the product is the product of the adjoints, in reverse order.
# CHECK: [[T:%.*]] = apply 2.0 * [0: -1.0, 1: 1.0] f
# CHECK: [[S:%.*]] = adjoint 2.0 * [0: -1.0, 1: 1.0] [[T]]
# CHECK: output composed = [[S]]
output composed = (A'*A)(f)

# CHECK: [[T:%.*]] = apply 2.0 * [0: -1.0, 1: 1.0] f
# CHECK: [[S:%.*]] = adjoint 2.0 * [0: -1.0, 1: 1.0] [[T]]
# CHECK: output symmetric = [[S]]
output symmetric = (A'*A)'(f)

# CHECK: [[BACK:%.*]] = apply 2.0 * [0: -1.0, 1: 1.0] f
# CHECK: output twice = [[BACK]]
output twice = A''(f)
