grid X : 2d, boundary periodic, size 32
input f on X = 1
fun A(u) = u - laplace(u)

hierarchy cycle(A, b, u, levels) = {
  let smooth = jacobi(4/5)(A, b)
  return if levels == 1
      then repeated(smooth, 20, u)
      else {
        let v = smooth(smooth(u))
        let r = restrict(b - A(v), homogeneous = true)
        let e = cycle(A, r, like(r, 0), levels - 1)
        return smooth(v + prolong(e))
      }
}
fun my_multigrid(levels) = (A, b) -> u -> cycle(A, b, u, levels)

solve A(u) = f by my_multigrid(4) until residual < 1e-2, at most 40
output u
