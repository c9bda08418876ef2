# Multigrid on the grid of the right side and levels - 1 coarser ones: a U-net.
# A is given as a function of a field, made of operators that know the spacing of
# each grid (laplace, grad, ...), and is discretised anew on each of them.

# A residual without its mean, where A answers no constants.
fun without_mean(A, u, r) = if not closed(u)
    then r
    else if is_singular(A, u) then r - mean(r) else r

# On the coarsest grid: conjugate gradients, which eliminate exactly in as many
# passes as there are cells, or stop before at rounding errors. Of a right side
# that is nothing but these, they make nothing.
fun coarsest(A, b, u) = {
  let r0 = without_mean(A, u, b - A(u))
  let rho0 = dot(r0, r0)
  let cells = sum(like(b, 1))
  let v, r, p, rho, k = fixpoint v, r, p, rho, k from u, r0, r0, rho0, 0 {
    cg_step(A, cg_least(rho0), trusted = true)(v, r, p, rho, k)
  } until rho <= (5*epsilon)^2*rho0 or k >= cells, at most 100000 else accept
  return v
}

# One correction cycle for linear A: smooth, solve for the error on the coarser
# grid by `gamma` cycles there, correct, smooth.
hierarchy correction_cycle(A, b, u, smoother, pre, post, gamma, levels) = {
  let smooth = smoother(A, b)
  return if levels == 1
  then coarsest(A, b, u)
  else {
    let v = repeated(smooth, pre, u)
    let r = restrict(b - A(v))
    let again = e -> correction_cycle(
            linear(A), r, e, smoother, pre, post, gamma, levels - 1)
    let e = if gamma == 1
        then again(like(r, 0))
        else repeated(again, gamma, like(r, 0))
    return repeated(smooth, post, v + prolong(e))
  }
}

# A solver whose pass is `step(A, b, u)`, for numbers of smoothings and levels
# with which there is a cycle.
fun cycles(step, pre, post, levels) = {
  require is_count(pre, 0) and is_count(post, 0) and pre + post > 0,
      "pre and post must be integers of 0 or more, and not both 0"
  require is_count(levels, 1), "levels must be an integer of 1 or more"
  return (A, b) -> u -> with_mean(A, u, step(A, b, u))
}

fun v_cycle(pre = 2, post = 1, smoother = jacobi(4/5), levels = 3) = cycles(
        (A, b, u) -> correction_cycle(A, b, u, smoother, pre, post, 1, levels),
        pre, post, levels)

fun w_cycle(pre = 2, post = 1, smoother = jacobi(4/5), levels = 3) = cycles(
        (A, b, u) -> correction_cycle(A, b, u, smoother, pre, post, 2, levels),
        pre, post, levels)

# An F-cycle on the coarser grid is followed by a V-cycle there.
hierarchy full_cycle(A, b, u, smoother, pre, post, levels) = {
  let smooth = smoother(A, b)
  return if levels == 1
  then coarsest(A, b, u)
  else {
    let v = repeated(smooth, pre, u)
    let r = restrict(b - A(v))
    let first = full_cycle(
            linear(A), r, like(r, 0), smoother, pre, post, levels - 1)
    let e = correction_cycle(
            linear(A), r, first, smoother, pre, post, 1, levels - 1)
    return repeated(smooth, post, v + prolong(e))
  }
}

fun f_cycle(pre = 2, post = 1, smoother = jacobi(4/5), levels = 3) = cycles(
        (A, b, u) -> full_cycle(A, b, u, smoother, pre, post, levels), pre,
        post, levels)

# Full multigrid: the error of u is found on the coarser grid by the same means,
# interpolated, and improved by one V-cycle.
hierarchy nested_iteration(A, b, u, smoother, pre, post, levels) = {
  return if levels == 1
  then coarsest(A, b, u)
  else {
    let r = restrict(b - A(u))
    let e = nested_iteration(
            linear(A), r, like(r, 0), smoother, pre, post, levels - 1)
    return correction_cycle(
            A, b, u + prolong(e), smoother, pre, post, 1, levels)
  }
}

fun fmg(pre = 2, post = 1, smoother = red_black(), levels = 3) = cycles(
        (A, b, u) -> nested_iteration(A, b, u, smoother, pre, post, levels),
        pre, post, levels)

# Full approximation scheme for nonlinear A: the coarser grid solves for the
# solution itself. On the coarsest grid the smoother sweeps `coarse` times.
hierarchy fas_cycle(A, b, u, smoother, pre, post, coarse, gamma, levels) = {
  let smooth = smoother(A, b)
  return if levels == 1
  then repeated(smooth, coarse, u)
  else {
    let v = repeated(smooth, pre, u)
    let start = restrict(v)
    let right = restrict(b - A(v)) + A(start)
    let again = w -> fas_cycle(
            A, right, w, smoother, pre, post, coarse, gamma, levels - 1)
    let w = if gamma == 1 then again(start) else repeated(again, gamma, start)
    return repeated(smooth, post, v + prolong(w - start))
  }
}

fun fas(smoother, pre = 2, post = 1, coarse = 20, gamma = 1, levels = 3) = {
  require is_count(coarse, 1), "coarse must be an integer of 1 or more"
  require is_count(gamma, 1), "gamma must be an integer of 1 or more"
  return cycles(
          (A, b, u) -> fas_cycle(
              A, b, u, smoother, pre, post, coarse, gamma, levels), pre, post,
          levels)
}
