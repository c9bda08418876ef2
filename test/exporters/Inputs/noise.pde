grid X : 1d, boundary reflecting, size 8
output u = noise(X, 3)
