# RUN: cd %S && not pdec check prolonged-from-finest.pde 2>&1 | diff prolonged-from-finest.pde.expected -
grid X : 1d
input f on X
output v = prolong(f)
