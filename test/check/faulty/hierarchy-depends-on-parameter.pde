# RUN: cd %S && not pdec check hierarchy-depends-on-parameter.pde 2>&1 | diff hierarchy-depends-on-parameter.pde.expected -
grid X : 1d
param levels = 3
input f on X
hierarchy cycle(u, levels) =
    if levels == 1 then u else prolong(cycle(restrict(u), levels - 1))
output u = cycle(f, levels)
