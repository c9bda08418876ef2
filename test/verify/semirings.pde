# Stencils over min and max, their residuals and products, points and sources: the
# same in all forms and models, at every side.
#
# RUN: pdec verify %s | FileCheck %s
# RUN: pdec verify --onnx %s | FileCheck %s --check-prefix ONNX
# CHECK: f64, as written: proved on
# CHECK: f32, boundary dirichlet 0: proved on
# ONNX: conv, f32:
# ONNX: slice, f64:
grid X : 1d, boundary dirichlet 0.5, size 9
param t = 0.8 where t > 0, px = 3.3, W : real[3] = [0.1, -0.2, 0.3]
input f on X = noise(1)
let K = stencil(x, k -> k^2/(4*t), from = -1, to = 2, over = min)
let A = stencil(x, W, over = max)
evolve u from f by u -> 0.5*(u + K(u)) for 2 steps
output u, opened = K'(K(f)), shifted = (A*A)(u), slope = gradient(sum(K(f)^2), f)
output heard = at(u, px), source = spread(0.5, px, X)
