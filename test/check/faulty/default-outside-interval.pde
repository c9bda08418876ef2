# RUN: cd %S && not pdec check default-outside-interval.pde 2>&1 | diff default-outside-interval.pde.expected -
param tau = 0.6 where 0 < tau <= 0.5
grid X : 1d, boundary reflecting, size 64
input f on X
output f
