grid X : 1d
param a = 0.123456789012345 where a >= 1e-7
input f on X
output u = a*f
