# How an elastic plate bends under its weight, laplace(laplace(u)) = 1: laid on
# its edges (u), and clamped there (v), where what is beyond a wall is what is
# before it.
grid X : 2d, boundary dirichlet 0, extent [0, 1], size 63

input load on X = 1

# 2/h^2 in cells at walls, twice that in corners
let one on X = 1
let edges = -2/spacing(x)^2*laplace(one)
fun supported(u) = laplace(laplace(u))
fun clamped(u) = supported(u) + edges*u

solve supported(u) = load by cg() until residual < 1e-8, at most 2000
solve clamped(v) = load by cg() until residual < 1e-8, at most 2000
output u, v, supported_middle = max(u), clamped_middle = max(v)
