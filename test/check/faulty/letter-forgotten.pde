# RUN: cd %S && not pdec check letter-forgotten.pde 2>&1 | diff letter-forgotten.pde.expected -
grid X : 1d, boundary reflecting
input f on X
output v = atn(f)
