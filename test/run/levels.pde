# RUN: %pdec verify %s --tiles 5:4,3x4:3 | FileCheck %s
# RUN: %pdec verify %s --tiles 900:90,90x90:30 | FileCheck %s
# Levels that go on as others, in a row, that stay as they are, and that only change
# places.

# CHECK: f64, as written: proved
# CHECK: f32, as written: proved
grid X : 2d, boundary x periodic, y reflecting, size [9, 7]
grid Y : 1d, boundary dirichlet 1, size 11
param n = 11
input f on X = noise(1)
input g on X = noise(2)
input h on X = noise(3)
input k on Y = noise(4)
evolve a, b, c, d from f, g, h, f
    by (a, b, c, d) -> [a + 0.1*laplace(b) - 0.01*d, c, b, a] for n steps
evolve p, q from f, g by (p, q) -> [p + 0.1*laplace(q), q] for n steps
evolve r, s, t from f, g, h
    by (r, s, t) -> [r + 0.1*laplace(t) - 0.1*s, r, s] for n steps
evolve x1, x2, x3 from k, k, k
    by (x1, x2, x3) -> [x1 + 0.1*d2(Y.x)(x3) - 0.1*x2, x1, x2] for n steps
output a, b, c, d, p, q, r, s, t, x1, x2, x3
