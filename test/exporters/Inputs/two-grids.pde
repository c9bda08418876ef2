grid X : 1d, boundary reflecting
grid Y : 2d, boundary reflecting, size 8
param a = 2
input f on X
input g on Y
output u = a*d2(X.x)(f), v = a*laplace(g)
