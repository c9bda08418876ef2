# A string that was plucked, and its energy: that of motion and that of tension
# become each other, and their sum stays what it is (the record has twice both).
grid X : 1d, boundary dirichlet 0, extent [0, 1], size 99

param cfl = 0.9 where 0 < cfl < 1, n = 400 where n >= 0

input f on X = max(1 - abs(10*x - 3), 0)

let tau = cfl*spacing(x)
let D = forward(x)

evolve u, before from f, leapfrog_start(laplace, tau, f)
    by leapfrog(laplace, tau)
    for n steps
    record energy = [sum((u - before)^2)/tau^2, dot(D(u), D(before))] every 1
output u
