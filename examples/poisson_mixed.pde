# Laplace's equation on a square whose sides have conditions of each kind: values,
# a slope, and a sum of both. The solution is exp(x)*sin(y).
grid X : 2d,
    boundary x low dirichlet sin(y),
    x high neumann exp(1)*sin(y),
    y low dirichlet 0,
    y high robin(1, 1, exp(x)*(sin(1) + cos(1))),
    extent [[0, 1], [0, 1]],
    size 40

input f on X = 0

solve laplace(u) = f
    by minres()
    until residual < 1e-10 or change < 20*epsilon, at most 500

let exact = exp(x)*sin(y)
output u, error = norm_max(u - exact)
