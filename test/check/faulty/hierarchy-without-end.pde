# RUN: cd %S && not pdec check hierarchy-without-end.pde 2>&1 | diff hierarchy-without-end.pde.expected -
grid X : 1d
input f on X
hierarchy cycle(u, levels) = prolong(cycle(restrict(u), levels - 1))
output u = cycle(f, 3)
