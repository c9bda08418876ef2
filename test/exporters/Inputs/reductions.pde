grid X : 2d, boundary reflecting
param a = 0.3
input f on X
input g on X
let m = max(f)
output u = f*sum(g)/size(X.x) + dot(f, g), v = f/(1 + norm_max(g)) + min(f), w = asin(0.99*tanh(f)) + acos(-0.99*tanh(g)) + sinh(f) + cosh(g) + cbrt(f) + erf(f) + erf(3*g) + atan2(f, g) + tan(f) + atan(f) + atan(1000*g) + cos(g) + floor(3*f) + abs(f)^1.5 + (if f < a and not g >= 0.1 then f else tanh(g))
