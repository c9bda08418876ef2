# RUN: cd %S && not pdec check unmatched-bracket.pde 2>&1 | diff unmatched-bracket.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
output v = 2*f + 1)
