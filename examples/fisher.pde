# Fisher's equation u_t = u_xx + u*(1 - u): a gene that is of use spreads. This
# wave keeps its form and has the speed 5/sqrt(6) (Ablowitz and Zeppetella); the
# place of its front is noted.
grid X : 1d,
    boundary low dirichlet 1,
    high dirichlet 0,
    extent [-20, 40],
    size 299

param tau = 0.0125 where tau > 0, n = 800 where n >= 0

fun wave(t) = 1/(1 + exp(x/sqrt(6) - 5/6*t))^2
input f on X = wave(0)

fun R(u) = laplace(u) + u*(1 - u)

evolve u, t from f, 0
    by rk4((u, t) -> [R(u), 1], tau)
    for n steps
    record front = [t, max(if u > 0.25 then x else -20)] every 80
output u, error = norm_max(u - wave(n*tau))
