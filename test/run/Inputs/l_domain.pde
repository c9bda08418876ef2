# Poisson's equation on an L: a mask holds u at zero outside of it.
grid X : 2d, boundary dirichlet 0, extent [-1, 1], size 31

let inside = if x >= 0 and y >= 0 then 0 else 1

input f on X = inside

fun A(u) = inside*-laplace(inside*u) + (1 - inside)*u

solve A(u) = f by cg() until residual < 1e-10, at most 500
output u, torsion = sum(u)*spacing(x)*spacing(y)
