# RUN: pdec verify %s | FileCheck %s
# Sums, extrema and cumulative sums along an axis are the same in all forms, for
# all data; and so are fields of fewer axes among those of more.
grid X : 2d (a, b), boundary a reflecting, b periodic
input f on X
input p on X.b
let s = sum(f, a), w = forward(b)
evolve u from f - mean(f, b) by u -> u - 0.1*w'(p*w(u)) + 0.01*cumsum(u, a)
    for 3 steps
output u, v = max(f, along = b) + min(f, along = b), g = s*p
output d = gradient(norm(max(f*p, along = a)), f)
# CHECK: f64, as written: proved on
# CHECK: f32, boundary neumann 0.5: proved on
# RUN: pdec verify --as-written %s | FileCheck --check-prefix=ALONE --implicit-check-not=boundary %s
# ALONE: f64, as written: proved on
# ALONE-NEXT: f32, as written: proved on
