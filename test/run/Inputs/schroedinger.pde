# A particle in a parabolic potential by Crank and Nicolson's method: i*psi_t = H
# psi, where H = -d2/2 + x^2/2. The packet swings and keeps its form, the
# probability stays 1. A complex number is a list of its two parts.
grid X : 1d, boundary dirichlet 0, extent [-8, 8], size 255

param x0 = 3.0, T = pi where T > 0, n = 80 where n >= 1

input f on X = exp(-(x - x0)^2/2)/pi^(1/4)

let tau = T/n
fun H(u) = x^2/2*u - d2(x)(u)/2

# psi + i*tau/2*H psi, the imaginary part first: so the operator is symmetric.
fun A(v) = [v[1] + tau/2*H(v[0]), v[0] - tau/2*H(v[1])]

scheme cayley(tol): p, q -> {
  solve A(v) = [q - tau/2*H(p), p + tau/2*H(q)]
      from [p, q]
      by minres()
      until residual < tol + 50*epsilon, at most 300
  p, q = v
}
evolve p, q from f, 0*f
    by cayley(1e-9)
    for n steps
    record probability = sum(p^2 + q^2)*spacing(x) every 20
    record place = sum(x*(p^2 + q^2))*spacing(x) every 20
output density = p^2 + q^2
