# RUN: pdec fmt %s > %t && pdec %s --emit ast > %t.before && pdec %t --emit ast | diff %t.before - && pdec fmt %t | diff %t -
# Formatting changes neither the tree nor what is formatted already.
grid X : 1d, extent [0, 2*pi], boundary periodic, size 2^7
grid Y : 1d, boundary low dirichlet -1, high dirichlet if 1 < 2 then 3 else 4
param a = (1 + 2)*3, n : int = 7 where (n >= 0 and n < 100)
input f on X = step(x - 0.5) + 0.1*noise(seed = 7)
input g on Y
let D = ((forward(X.x)))'*2 - -backward(X.x)/spacing(X.x)
fun max3(a, b, c = 0) = max(a, max(b, c))
fun powers(s, k = 3) = {
  var p = 1
  let unused = if not (s > 0) or s == 1 and s != 2 then -(-s) else +s
  for i in 1 .. k { p = p*s  for j in i .. 2*i { p = p - s } }
  return (-p)
}
scheme twice(step): u -> step(step(u))
scheme two(R, tau): u, v -> { u, v = v, u + tau*R(v) }
evolve u from f by twice(u -> { let w = D(u)  u = u - D'(w) }) for n steps
evolve u from very_long_name_of_an_initial_field by explicit(another_long_name, with_arguments) for many steps
output u, v = u - f, w = max3(1, 2, c = powers(u, k = 2))
grid Z : 3d, boundary x periodic, y low dirichlet (sin(X.x)), y high neumann -(1), z reflecting, size [2, 3, (4)]
let w = fixpoint a, b from f, (g) { let c = (a + b)  return c, (b/2) } until (a < 1e-3) and change < 1, at most (20) else accept
solve A(v) = (f - 1) from g by (v_cycle)(2, 1) until residual < 1e-8 or (change < 1), at most 50
hierarchy cycle(A, u, levels) = if (levels == 1) then { let v = u  return (v) } else { return cycle(A, (restrict(u)), levels - 1) }
let exchange = (a, b) -> ([b, a])
let doubled = (a) -> { a = (2*a) }
