# RUN: cd %S && not pdec check point-of-other-rank.pde 2>&1 | diff point-of-other-rank.pde.expected -
grid X : 2d, boundary reflecting, size 16
input f on X
output u = at(f, 1), v = at(f, [1, 2, 3]), w = at(f, [f, 1]), r = at(2, [1, 1])
output s = spread(1, [1], X), t = spread(f, [1, 1], X), q = spread(1, [1, 1], 3)
