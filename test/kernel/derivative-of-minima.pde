# Which neighbour was the greatest is asked once for each cell and neighbour,
# and stored: not again for each cell that one of them lends its slope to. So
# are what D and D' make, and the slopes of that.
#
# RUN: pdec %s --emit plan | grep -c kernel.stage | FileCheck %s
# CHECK: {{^}}12{{$}}
grid X : 1d, boundary reflecting
input f on X
let D = stencil(x, [0, 0.5, 0, 0.25, 0], over = max)
let J = sum(tanh(D'(D(f))))
output g = gradient(J, f)
