# One equation, (1 - laplace)u = f, and four solvers
grid X : 2d, boundary reflecting, size 48

input f on X = noise(4)

fun A(u) = u - laplace(u)

solve A(u) = f
    by jacobi(0.9)
    until residual < 1e-9 or change < 20*epsilon, at most 500
solve A(v) = f
    by red_black()
    until residual < 1e-9 or change < 20*epsilon, at most 500
solve A(w) = f
    by chebyshev(1, 9)
    until residual < 1e-9 or change < 20*epsilon, at most 500
solve A(z) = f by cg() until residual < 1e-9 or change < 20*epsilon, at most 500
output u, v, w, z
