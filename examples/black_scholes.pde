# The value u of a call, the right to buy a share of price x for K after the time
# T, by Black and Scholes: at the end it is max(x - K, 0), and backwards in time
# u_t = sigma^2/2*x^2*u_xx + r*(x*u_x - u). Beside it their formula.
grid X : 1d,
    boundary low dirichlet 0,
    high extrapolated,
    extent [0, 300],
    size 199

param sigma = 0.3 where sigma > 0,
      r = 0.05 where r >= 0,
      K = 100.0 where K > 0,
      T = 1.0 where T > 0,
      n = 6 where n >= 1

input payoff on X = max(x - K, 0)

fun R(u) = sigma^2/2*x^2*d2(x)(u) + r*(x*central(x)(u) - u)
evolve u from payoff by sdirk2(R, T/n, by = bicgstab()) for n steps

fun normal(s) = (1 + erf(s/sqrt(2)))/2
let d = (log(x/K) + (r + sigma^2/2)*T)/(sigma*sqrt(T))
let exact = x*normal(d) - K*exp(-r*T)*normal(d - sigma*sqrt(T))
output u, exact, error = norm_max(u - exact)
