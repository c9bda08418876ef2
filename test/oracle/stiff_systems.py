#!/usr/bin/env python3
"""Implicit steps of systems, and of right-hand sides that know the time, by
Newton's method, against dense matrices: its derivative by a list.

usage: stiff_systems.py path/to/pdec
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from comparison import FORMS, Workshop

SYSTEM = """# Activator and inhibitor, stiff by diffusion and coupled both ways
grid X : 1d, boundary reflecting, extent [0, 1], size 12
param tau = 0.02, n = 3
input f on X
input g on X
fun R(u, v) = [laplace(u) + v - u^3, 0.5*laplace(v) - u*v + mean(u)]
evolve u, v from f, g by sdirk2(R, tau, by = newton(), tol = 1e-13) for n steps
let p, q = derivative(R(f, g), [f, g], [g, f^2])
output u, v, p, q
"""
FORCED = """# u_t = u_xx + sin(pi*x)*cos(3*t) with a stiff grid
grid X : 1d, boundary dirichlet 0, extent [0, 1], size 15
param tau = 0.1, n = 4
input f on X
fun R(u, t) = laplace(u) + sin(pi*x)*cos(3*t)
evolve u, t from f, 0 by sdirk2((u, t) -> [R(u, t), 1], tau, by = newton(), tol = 1e-13) for n steps
output u, t
"""
C = 1 - np.sqrt(1/2)


def newton(function, start):
    """A root, with the matrix of the derivative by complex steps."""
    x = np.array(start, float)
    for _ in range(30):
        jacobian = np.empty((len(x), len(x)))
        for k in range(len(x)):
            moved = x.astype(complex)
            moved[k] += 1e-30j
            jacobian[:, k] = function(moved).imag/1e-30
        x = x - np.linalg.solve(jacobian, function(x))
    return x


def sdirk2(rate, tau, u):
    """Alexander 1977, two stages."""
    first = newton(lambda v: v - C*tau*rate(v) - u, u)
    known = u + (1 - C)*tau*rate(first)
    return newton(lambda v: v - C*tau*rate(v) - known, first)


def second_difference(n, h, at_walls):
    matrix = (np.diag(np.full(n, -2.0)) + np.eye(n, k=1) + np.eye(n, k=-1))
    matrix[0, 0] = matrix[-1, -1] = at_walls
    return matrix/h**2


def check_system(workshop):
    n, tau = 12, 0.02
    laplace = second_difference(n, 1/n, -1.0)  # cells, reflected at walls

    def rate(w):
        u, v = w[:n], w[n:]
        return np.concatenate([laplace @ u + v - u**3,
                               0.5*(laplace @ v) - u*v + u.mean()])
    numbers = np.random.default_rng(7)
    f, g = numbers.uniform(-1, 1, (2, n))
    w = np.concatenate([f, g])
    for _ in range(3):
        w = sdirk2(rate, tau, w)
    p = laplace @ g + f**2 - 3*f**2*g
    q = 0.5*(laplace @ f**2) - g*g - f*f**2 + g.mean()
    for form in FORMS:
        found = workshop.compile(SYSTEM, *FORMS[form]).run(
            {"f": f, "g": g}, ["u", "v", "p", "q"])
        for name, expected in (("u", w[:n]), ("v", w[n:]), ("p", p),
                               ("q", q)):
            workshop.check_close("system, %s, %s" % (form, name), found[name],
                                 expected, 1e-10)


def check_forced(workshop):
    n, tau = 15, 0.1
    laplace = second_difference(n, 1/(n + 1), -2.0)  # vertices, zero at walls
    x = np.arange(1, n + 1)/(n + 1)

    def rate(w):
        return np.append(laplace @ w[:n] + np.sin(np.pi*x)*np.cos(3*w[n]), 1)
    f = np.random.default_rng(8).uniform(-1, 1, n)
    w = np.append(f, 0.0)
    for _ in range(4):
        w = sdirk2(rate, tau, w)
    for form in FORMS:
        found = workshop.compile(FORCED, *FORMS[form]).run({"f": f},
                                                           ["u", "t"])
        workshop.check_close("forced, %s" % form, found["u"], w[:n], 1e-10)
        workshop.check_close("time, %s" % form, found["t"],
                             np.full(n, 4*tau), 1e-12)


def main():
    workshop = Workshop(sys.argv[1])
    check_system(workshop)
    check_forced(workshop)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
