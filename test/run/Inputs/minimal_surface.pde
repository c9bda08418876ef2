# The surface of least area over a square with given walls, div(grad u/sqrt(1 +
# |grad u|^2)) = 0, by Newton's method Scherk's, which is
# log(cos(y)/cos(x)).
grid X : 2d,
    boundary dirichlet log(cos(y)/cos(x)),
    extent [[-1, 1], [-1, 1]],
    size 31

input f on X = 0

fun A(u) = {
  let p = grad(u)
  return -div(p/sqrt(1 + inner(p, p)))
}

solve A(u) = f by newton(by = cg()) until residual < 1e-8, at most 20
let scherk = log(cos(y)/cos(x))
output u, error = norm_max(u - scherk)
