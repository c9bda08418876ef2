# Fixed points of steps end where rounding does, whatever the unit of the field:
# temperatures in Kelvin in single precision, pressures in Pascal in double, and
# beside a time.
# RUN: pdec run %s --precision f32 | FileCheck %s
# RUN: pdec run %s --set unit=1e5 | FileCheck %s
# CHECK: {{^}}u on X (15 cells): min {{[1-9]}}
# CHECK: {{^}}v on X
# CHECK: {{^}}t: 0.003
grid X : 1d, boundary dirichlet 300*unit, extent [0, 1], size 15
param tau = 0.001, n = 3, unit = 1.0
input f on X = unit*(300 + 100*sin(pi*x))
evolve u from f by crank_nicolson(laplace, tau) for n steps
evolve v, t from f, 0 by implicit((v, t) -> [laplace(v) + t, 1], tau)
    for n steps
output u, v, t
