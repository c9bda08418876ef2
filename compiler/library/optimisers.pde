# Optimisers of `train`: functions of the derivatives g of what is minimised.
# Each gives a step of the weights w or, with a state of its own, two maps as
# solvers do: from the first weights to the first state, and from state to
# state.

fun sgd(rate = 1e-2) = {
  require rate > 0, "rate must be above 0"
  return g -> w -> w - rate*g
}

fun momentum(rate = 1e-2, beta = 0.9) = {
  require rate > 0, "rate must be above 0"
  require 0 <= beta < 1, "beta must be from 0 to below 1"
  return g -> [w -> [w, like(w, 0)],
       (w, v) -> [w - rate*(beta*v + g), beta*v + g]]
}

# Kingma and Ba, 2015; t counts the steps.
fun adam(rate = 1e-3, beta1 = 0.9, beta2 = 0.999, eps = 1e-8) = {
  require rate > 0, "rate must be above 0"
  require 0 <= beta1 < 1 and 0 <= beta2 < 1,
      "beta1 and beta2 must be from 0 to below 1"
  require eps > 0, "eps must be above 0"
  return g -> [w -> [w, like(w, 0), like(w, 0), like(w, 0)],
       (w, m, v, t) -> {
         t = t + 1
         m = beta1*m + (1 - beta1)*g
         v = beta2*v + (1 - beta2)*g^2
         w = w - rate*(m/(1 - beta1^t))/(sqrt(v/(1 - beta2^t)) + eps)
       }]
}

# One of the two loops of limited memory: the inverse of a Hessian with this step
# s and the change y of derivatives along it, times q; `inner` is that without.
fun with_curvature(q, s, y, inner) = {
  let rho = quotient(1, dot(s, y))
  let alpha = rho*dot(s, q)
  let r = inner(q - alpha*y)
  return r + (alpha - rho*dot(y, r))*s
}
hierarchy two_loops(q, scale, history, m) = {
  return if m == 1
  then {
    let s, y = history
    return with_curvature(q, s, y, r -> scale*r)
  }
  else {
    let s, y, older = history
    return with_curvature(q, s, y, r -> two_loops(r, scale, older, m - 1))
  }
}

# Limited-memory BFGS by the last m steps (Nocedal, 1980) with steps of a fixed
# rate: for batches of all samples. Steps along which derivatives do not grow
# count for nothing.
fun lbfgs(rate = 1, m = 5) = {
  require rate > 0, "rate must be above 0"
  require is_count(m, 1), "m must be an integer of 1 or more"
  return g -> [w -> [w, w, like(w, 0), no_history(w, m)],
       (w, before, slope, history) -> {
         let s = w - before, y = g - slope
         let isCurved = dot(s, y) > 1e-10*norm(s)*norm(y)
         let weight = if isCurved then 1 else 0
         let scale = if isCurved
             then quotient(dot(s, y), dot(y, y))
             else 1/max(norm(g), 1)
         let pairs = with_newest(weight*s, weight*y, history, m)
         return [w - rate*two_loops(g, scale, pairs, m), w, g, pairs]
       }]
}

# First values of parameter arrays.

# Uniform, of variance 2/(fan_in + fan_out): Glorot and Bengio, 2010.
fun glorot(fan_in, fan_out, seed) = {
  require fan_in > 0 and fan_out > 0, "fan_in and fan_out must be above 0"
  return sqrt(6/(fan_in + fan_out))*noise(seed)
}

fun dct_cosine(N, p, i) = (if p == 0 then sqrt(1/N) else sqrt(2/N))*cos(
        pi*p*(i + 0.5)/N)

# The orthonormal cosines of N x N cells without the constant one, in the order
# of their frequencies along the first axis, then the second: of an array of
# N^2 - 1 filters.
fun dct(N) = (k, i, j) -> dct_cosine(N, floor((k + 1)/N), i)*dct_cosine(
        N, k + 1 - N*floor((k + 1)/N), j)
