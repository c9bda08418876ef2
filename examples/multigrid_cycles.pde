# Poisson's equation by V-, W- and F-cycles
grid X : 1d, boundary dirichlet 0, extent [0, 6], size 63

input f on X = if x < 3 then 1 else -1

fun A(u) = -laplace(u)

solve A(u) = f
    by v_cycle(1, 1, jacobi(2/3), levels = 3)
    until residual < 1e-10 or change < 20*epsilon, at most 50
solve A(v) = f
    by w_cycle(1, 1, jacobi(2/3), levels = 3)
    until residual < 1e-10 or change < 20*epsilon, at most 50
solve A(w) = f
    by f_cycle(1, 1, jacobi(2/3), levels = 3)
    until residual < 1e-10 or change < 20*epsilon, at most 50
output u, v, w
