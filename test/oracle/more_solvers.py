#!/usr/bin/env python3
"""Solvers for equations that conjugate gradients do not solve, pass by pass, in
dense matrices: minimal residuals as least squares in a Krylov space, bi-conjugate
gradients by their article's recurrence, Newton's method with the matrix of the
derivative, Anderson's with least squares; preconditioned conjugate gradients.

usage: more_solvers.py path/to/pdec
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from comparison import Comparison, Workshop
from grids import affine
from krylov import basis, best
from problems import GRIDS, field, repeated
from relaxation import jacobi

# Far from symmetric, symmetric of both signs, nonlinear.
EQUATIONS = """fun A(u) = (2 + 3*x)*u - laplace(u) + 4*linear(central(x))(u) + 0.25
fun S(u) = 40*u + laplace(u) + 0.25
fun N(u) = 3*u - laplace(u)/20 + u^3 + sin(u)
"""


def equation(grid):
    linear = grid.homogeneous()
    return lambda u: ((2 + 3*grid.coordinates()[0])*u - grid.laplace(u)
                      + 4*linear.central(u, 0) + 0.25)


def least_residual(matrix, right, start, count):
    """Of start + the span of r, M r, ..., the field with the least residual."""
    residual = right - matrix @ start
    v = basis(matrix, residual, count)
    return start + v @ np.linalg.lstsq(matrix @ v, residual, rcond=None)[0]


def bicgstab(matrix, right, start, count):
    """van der Vorst 1992, unpreconditioned, as the article prints it."""
    x, r = start, right - matrix @ start
    shadow, rho, alpha, omega = r, 1.0, 1.0, 1.0
    v = p = np.zeros(len(r))
    for _ in range(count):
        rho_before, rho = rho, shadow @ r
        beta = (rho/rho_before)*(alpha/omega)
        p = r + beta*(p - omega*v)
        v = matrix @ p
        alpha = rho/(shadow @ v)
        s = r - alpha*v
        t = matrix @ s
        omega = (t @ s)/(t @ t)
        x, r = x + alpha*p + omega*s, s - omega*t
    return x


def nonlinear(grid):
    """N and the matrix of its derivative."""
    laplace, _ = affine(grid.laplace, grid.shape)

    def value(u):
        return 3*u - grid.laplace(u)/20 + u**3 + np.sin(u)

    def derivative(u):
        return (-laplace/20 + np.diag(3 + 3*u.ravel()**2
                                      + np.cos(u.ravel())))
    return value, derivative


def newton(grid, right):
    value, derivative = nonlinear(grid)
    return lambda u: u + np.linalg.solve(
        derivative(u), (right - value(u)).ravel()).reshape(u.shape)


def anderson(value, right, start, depth, omega, count):
    """Of the differences of the last passes, the combination that leaves the
    least residual."""
    us, residuals = [start], [right - value(start)]
    for _ in range(count):
        u, r = us[-1], residuals[-1]
        du = [us[-1 - k] - us[-2 - k] for k in range(min(depth, len(us) - 1))]
        dr = [residuals[-1 - k] - residuals[-2 - k] for k in range(len(du))]
        next_one = u + omega*r
        if du:
            weights = np.linalg.lstsq(np.array([d.ravel() for d in dr]).T,
                                      r.ravel(), rcond=None)[0]
            next_one = next_one - sum(w*(a + omega*b) for w, a, b in
                                      zip(weights, du, dr))
        us.append(next_one)
        residuals.append(right - value(next_one))
    return us[-1]


def preconditioned(matrix, right, start, inverse, count):
    """The best of the Krylov space of inverse*M in the norm of M."""
    root = np.linalg.cholesky(inverse)
    return root @ best(root.T @ matrix @ root, root.T @ right,
                       np.linalg.solve(root, start), count)


def check(workshop, title, grid, u, right):
    shape, start = grid.shape, u.ravel()
    script = Comparison(workshop, title, grid, {"f": u, "g": right}, EQUATIONS)
    m, c = affine(equation(grid), shape)
    b = right.ravel() - c
    for count in (1, 2, 6):
        script.solve("gmres(%d)" % count, "A", "g", "f", "gmres(%d)" % count, 1,
                     least_residual(m, b, start, count).reshape(shape))
    script.solve("gmres, restarted", "A", "g", "f", "gmres(m = 3)", 2, repeated(
        lambda v: least_residual(m, b, v, 3), 2, start).reshape(shape))
    for count in (1, 2, 4):
        script.solve("bicgstab, %d passes" % count, "A", "g", "f", "bicgstab()",
                     count, bicgstab(m, b, start, count).reshape(shape),
                     tolerance=1e-10)
    s, c = affine(lambda v: 40*v + grid.laplace(v) + 0.25, shape)
    assert np.linalg.eigvalsh(s)[0] < 0 < np.linalg.eigvalsh(s)[-1]
    for count in (1, 2, 5):
        script.solve("minres, %d passes" % count, "S", "g", "f", "minres()",
                     count, least_residual(s, right.ravel() - c, start,
                                           count).reshape(shape),
                     tolerance=1e-10)
    value, _ = nonlinear(grid)
    for count in (1, 2):
        script.solve("newton, %d passes" % count, "N", "g", "f",
                     "newton(tol = 1e-14)", count,
                     repeated(newton(grid, right), count, u), tolerance=1e-11)
    for depth, omega, count in ((1, 0.1, 4), (3, 0.1, 6), (5, 0.2, 3)):
        script.solve("anderson(%d), %d passes" % (depth, count), "N", "g", "f",
                     "anderson(%d, omega = %r)" % (depth, omega), count,
                     anderson(value, right, u, depth, omega, count),
                     tolerance=1e-9)
    # Jacobi's method from zero divides by the diagonal.
    p, c = affine(lambda v: (2 + 3*grid.coordinates()[0])*v - grid.laplace(v),
                  shape)
    script.script += "fun P(u) = (2 + 3*x)*u - laplace(u)\n"
    inverse = np.diag(0.8/np.diag(p))
    for count in (1, 3):
        script.solve("cg by jacobi, %d passes" % count, "P", "g", "f",
                     "cg(by = jacobi())", count, preconditioned(
                         p, right.ravel() - c, start, inverse,
                         count).reshape(shape), tolerance=1e-11)
    script.run()


SOLVED = """grid X : %s
input f on X = %s
fun A(u) = %s
solve A(u) = f from f by %s until residual < 1e-10, at most %d
output r = norm(f - A(u))/norm(f)
"""
# What the solvers are for; after so many passes at most.
PROBLEMS = [
    ("2d, boundary dirichlet 0, extent [[0, 1], [0, 1]], size 31",
     "-laplace(u)", "cg(by = v_cycle(2, 2, levels = 5))", 13),
    ("2d, boundary reflecting, size 32",
     "-div((1 + 0.9*sin(index(x)*index(y)))*grad(u))*10 + 0.1*u",
     "cg(by = v_cycle(2, 2, levels = 3))", 40),
    ("2d, boundary dirichlet 0, size [20, 30]",
     "-laplace(u) + upwind(x, 0.5, u)", "bicgstab()", 60),
    ("2d, boundary dirichlet 0, size [20, 30]",
     "-laplace(u) + upwind(x, 0.5, u)", "gmres(10)", 30),
    ("1d, boundary periodic, size 50", "central(x)(u) + 0.1*u", "gmres(12)", 30),
    ("2d, boundary dirichlet 0, size 20", "-laplace(u) - 0.5*u", "minres()",
     200),
    ("1d, boundary dirichlet 0, extent [0, 1], size 31",
     "exp(u) - laplace(u)", "newton()", 7),
    # Walls take part in the derivative.
    ("2d, boundary dirichlet log(cos(y)/cos(x)), extent [[-1, 1], [-1, 1]], "
     "size 15", "-div(grad(u)/sqrt(1 + inner(grad(u), grad(u))))",
     "newton(by = cg())", 7),
    ("1d, boundary reflecting, size 40", "u - 0.2*laplace(u) + 0.3*sin(u)",
     "anderson(4)", 16),
]


def check_problems(workshop):
    for grid, a, solver, most in PROBLEMS:
        data = "x/10" if "log" in grid else "noise(3)"
        title = "%s by %s" % (a, solver)
        try:
            script = SOLVED % (grid, data, a, solver, most)
            made = workshop.in_memory(
                workshop.write("problem.pde", script)).run({}, ["r"])
            workshop.check(title, made["r"] < 5e-10, made["r"])
        except RuntimeError as problem:
            workshop.check(title, False, problem)


def main():
    workshop = Workshop(sys.argv[1])
    numbers = np.random.default_rng(8)
    for title, grid in list(GRIDS.items())[1::2]:
        check(workshop, title, grid, field(numbers, grid),
              field(numbers, grid))
    check_problems(workshop)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
