# Solvers of linear equations A(u) = b in Krylov spaces, for A that conjugate
# gradients do not solve.

# a/b, and 0 where b is 0: all there was to find is found then.
fun quotient(a, b) = if b == 0 then 0 else a/(if b == 0 then 1 else b)

# The stabilised bi-conjugate gradients of van der Vorst (1992), for any A.
fun bicgstab() = (A, b) -> {
  let start = u -> {
    let r = b - A(u)
    return [u, r, r, r, dot(r, r)]
  }
  let step = (u, r, shadow, p, rho) -> {
    let v = linear(A)(p)
    let alpha = quotient(rho, dot(shadow, v))
    let s = r - alpha*v
    let t = linear(A)(s)
    let omega = quotient(dot(t, s), dot(t, t))
    let next = s - omega*t
    let sigma = dot(shadow, next)
    let beta = quotient(sigma, rho)*quotient(alpha, omega)
    return [u + alpha*p + omega*s, next, shadow, next + beta*(p - omega*v),
         sigma]
  }
  return [start, step]
}

# Paige and Saunders' minimal residuals (1975), for symmetric A of any sign, by
# Lanczos' recurrence and Givens' rotations.
fun minres() = (A, b) -> {
  let start = u -> {
    let r = b - A(u)
    let none = 0*r, gamma = norm(r)
    return [u, none, r, none, none, gamma, gamma, 1, 1, 0, 0]
  }
  let step = (u, last, z, w0, w1, gamma, eta, c0, c1, s0, s1) -> {
    let v = quotient(1, gamma)*z
    let q = linear(A)(v)
    let delta = dot(q, v)
    let next = q - delta*v - gamma*last
    let length = norm(next)
    let a0 = c1*delta - c0*s1*gamma
    let a1 = sqrt(a0^2 + length^2)
    let a2 = s1*delta + c0*c1*gamma
    let a3 = s0*gamma
    let c = quotient(a0, a1), s = quotient(length, a1)
    let w = quotient(1, a1)*(v - a3*w0 - a2*w1)
    return [u + c*eta*w, v, next, w1, w, length, -s*eta, c1, c, s1, s]
  }
  return [start, step]
}

# (p, q) made orthogonal to an image of norm 1 in q, with its direction in p.
fun less(p, q, direction, image) = {
  let h = dot(q, image)
  return [p - h*direction, q - h*image]
}

# Directions whose images under A are an orthonormal basis of the space that A
# spans from r; each takes its part of r away. `orthogonal` is Gram and Schmidt's
# map of a direction and its image for those found so far.
hierarchy gmres_steps(A, u, r, z, orthogonal, steps) = {
  return if steps == 0
  then u
  else {
    let p, q = orthogonal(z, linear(A)(z))
    let length = quotient(1, norm(q))
    let direction = length*p, image = length*q
    let alpha = dot(r, image)
    let further = (v, w) -> {
      let v1, w1 = orthogonal(v, w)
      return less(v1, w1, direction, image)
    }
    return gmres_steps(
            A, u + alpha*direction, r - alpha*image, image, further, steps - 1)
  }
}

# Generalised minimal residuals, for any A: a pass is a cycle of m steps, in the
# form of Walker and Zhou (1994), which needs no least squares.
fun gmres(m = 10) = {
  require is_count(m, 1), "m must be an integer of 1 or more"
  return (A, b) -> u -> {
    let r = b - A(u)
    return gmres_steps(A, u, r, quotient(1, norm(r))*r, (p, q) -> [p, q], m)
  }
}
