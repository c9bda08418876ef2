grid X : 1d, boundary dirichlet 0, extent [0, 1], size 31
input f on X = 1
fun A(u) = -laplace(u)

hierarchy cycle(A, b, u, levels) = {
  let smooth = jacobi(4/5)(A, b)
  return if levels == 1
      then repeated(smooth, 20, u)
      else {
        let v = repeated(smooth, 2, u)
        let r = restrict(b - A(v), homogeneous = true)
        let e = cycle(A, r, like(r, 0), levels - 1)
        return repeated(smooth, 1, v + prolong(e))
      }
}
fun my_multigrid(levels) = (A, b) -> u -> cycle(A, b, u, levels)

let u = repeated(my_multigrid(3)(A, f), 3, f)
output u
