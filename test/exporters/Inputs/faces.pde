grid X : 2d, boundary dirichlet 0, size 8
input f on X
let D = forward(x)
evolve u, q from f, D(f) by (u, q) -> [u - 0.1*D'(q), q + D(u)/norm(q)]
    for 3 steps
output u, q, r = backward(y)(u)
