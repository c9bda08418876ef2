# The lowest tone of a drum in the shape of an L: the least eigenvalue of
# -laplace, by inverse iteration. Outside of the L a mask holds u at zero.
grid X : 2d, boundary dirichlet 0, extent [-1, 1], size 31

let inside = if x >= 0 and y >= 0 then 0 else 1

input f on X = inside

fun A(u) = inside*-laplace(inside*u) + (1 - inside)*u

scheme inverse(tol): u, value -> {
  solve A(v) = u from u by cg() until residual < tol, at most 500
  u, value = v/norm(v), dot(u, v)/dot(v, v)
}
evolve u, value from f, 0 by inverse(1e-8) until change < 1e-7, at most 100
output u, value
