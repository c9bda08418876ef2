grid X : 2d, boundary reflecting, size [12, 10]
param n = 3 where n >= 0
evolve u from sin(X.x)*X.y by u -> u + 0.1*laplace(u) for n steps
output u
