# Lorenz's equations: a script may have no grid.
# RUN: pdec verify %s | FileCheck %s
# CHECK: {{^}}f64, as written: proved on no cells; {{[0-9]+}} runs on no cells the same to the bit; reference within 0.0e+00; raised to the same scheme{{$}}
param n = 20
evolve a, b, c from 1, 1, 1
    by rk4((a, b, c) -> [10*(b - a), a*(28 - c) - b, a*b - 8/3*c], 0.005)
    for n steps
output a, b, c
