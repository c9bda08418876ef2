#!/usr/bin/env python3
"""Schemes that extrapolate and super time stepping, from their formulas: cycles
of fsi, fed, rkl1, rkl2 and nesterov, two-level schemes; what is held and what
is not.

usage: extrapolated_steps.py path/to/pdec
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from comparison import Comparison, Workshop
from problems import (AFFINE, GRIDS, LOGISTIC, OPEN, SYSTEM, affine_rate,
                      field, held, held_text, largest_eigenvalue,
                      logistic, repeated, system)


# -- cycles: from a rate, the step and the first level to the last -------------


def fsi(rate, tau, u, n):
    """Hafner, Ochs, Weickert, Reissel, Grewenig, FSI schemes, 2016: starts from
    two equal levels."""
    before = u
    for k in range(n):
        a = (4*k + 2)/(2*k + 3)
        u, before = a*(u + tau*rate(u)) + (1 - a)*before, u
    return u


def fed(rate, tau, u, n):
    """Grewenig, Weickert, Bruhn, From box filtering to fast explicit diffusion,
    2010. In exact arithmetic the order of the steps does not matter for affine
    rates; more digits than those of the result make up for it here."""
    u = u.astype(np.longdouble)
    for i in range(n):
        u = u + tau/(2*np.cos(np.pi*(2*i + 1)/(4*n + 2))**2)*rate(u)
    return u.astype(float)


def rkl1(rate, tau, u, s):
    """Meyer, Balsara, Aslam, A stabilized Runge-Kutta-Legendre method, 2014:
    mu_j = (2j - 1)/j, nu_j = (1 - j)/j, and mu_j times w1 = 2/(s^2 + s) before
    the rate."""
    w1 = 2/(s**2 + s)
    levels = [u, u + w1*tau*rate(u)]
    for j in range(2, s + 1):
        mu, nu = (2*j - 1)/j, (1 - j)/j
        levels.append(mu*levels[-1] + nu*levels[-2] +
                      mu*w1*tau*rate(levels[-1]))
    return levels[s]


def rkl2(rate, tau, u, s):
    """The same article, second order."""
    b = [1/3]*3 + [(j**2 + j - 2)/(2*j*(j + 1)) for j in range(3, s + 1)]
    a = [1 - value for value in b]
    w1 = 4/(s**2 + s - 2)
    first = rate(u)
    levels = [u, u + b[1]*w1*tau*first]
    for j in range(2, s + 1):
        mu = (2*j - 1)/j*b[j]/b[j - 1]
        nu = -(j - 1)/j*b[j]/b[j - 2]
        levels.append(
            mu*levels[-1] + nu*levels[-2] + (1 - mu - nu)*u +
            mu*w1*tau*rate(levels[-1]) - a[j - 1]*mu*w1*tau*first)
    return levels[s]


def nesterov(rate, tau, u, n):
    """Nesterov 1983 with the weights (k - 1)/(k + 2), k = 1, 2, ..., of Su,
    Boyd and Candes 2014: extrapolate, then descend. The extrapolated field is a
    state and has the values of the sides."""
    before = u
    for k in range(1, n + 1):
        y = u + (k - 1)/(k + 2)*(u - before)
        u, before = y + tau*rate(y), u
    return u


# Name: the cycle, its length without another given, how much longer than the
# largest explicit step tau may be for 4 stages, whether it holds.
CYCLES = {"fsi": (fsi, 20, 1, True), "rkl1": (rkl1, 5, 8, True),
          "rkl2": (rkl2, 5, 4, False), "nesterov": (nesterov, 20, 0.5, True)}
LENGTH = {"fsi": "cycle", "rkl1": "stages", "rkl2": "stages",
          "nesterov": "cycle", "fed": "cycle"}


def check_cycles(workshop, title, grid, u, v):
    text = LOGISTIC + SYSTEM + held_text(grid)
    script = Comparison(workshop, title, grid, {"f": u, "g": v}, text)
    for name, (cycle, default, factor, holds) in CYCLES.items():
        tau = 0.4*factor/largest_eigenvalue(grid)
        for length in (4, 7):
            script.evolve(
                "%s of %d" % (name, length), "f", "%s(R, %r, %s = %d)" %
                (name, tau, LENGTH[name], length), 2, repeated(
                    lambda w: cycle(logistic(grid), tau, w, length), 2, u))
        script.evolve(
            name + " of a system", "f, g", "%s(S, %r, 3)" % (name, tau), 2,
            *repeated(lambda w: cycle(system(grid), tau, w, 3), 2,
                      np.array([u, v])))
        rate, hold = held(grid)
        script.evolve(
            name + ", held", "f", "%s(H, %r)" % (name, tau), 2, repeated(
                lambda w: cycle(hold(w) if holds else rate, tau, w, default),
                2, u))
    script.run()


def check_fed(workshop, title, grid, u):
    """Of affine rates, with what is held in them."""
    tau = 1.8/(largest_eigenvalue(grid) + 0.5)
    text = AFFINE + held_text(grid)
    script = Comparison(workshop, title, grid, {"f": u}, text)
    for length in (1, 2, 5, 6):
        script.evolve(
            "fed of %d" % length, "f", "fed(L, %r, cycle = %d)" %
            (tau, length), 2, repeated(
                lambda w: fed(affine_rate(grid), tau, w, length), 2, u))
    _, hold = held(grid)
    script.evolve("fed, held", "f", "fed(H, %r)" % tau, 2, repeated(
        lambda w: fed(hold(w), tau, w, 10), 2, u))
    script.run()


# -- two levels ----------------------------------------------------------------


def leapfrog(rate, tau, levels):
    """(w - 2*u + v)/tau^2 = R(u)."""
    u, v = levels
    return np.array([2*u - v + tau**2*rate(u), u])


def dufort_frankel(rate, tau, alpha, levels):
    """(w - v)/(2*tau) = R(u) - alpha*(w - 2*u + v), solved for w."""
    u, v = levels
    return np.array([(v/(2*tau) + rate(u) + alpha*(2*u - v)) /
                     (1/(2*tau) + alpha), u])


def check_two_levels(workshop, title, grid, u, v):
    rate, top = logistic(grid), largest_eigenvalue(grid)
    tau, alpha = 0.8/np.sqrt(top), 0.3*top
    script = Comparison(workshop, title, grid, {"f": u, "g": v}, LOGISTIC)
    # Taylor's series of u(-tau), with u_tt = R(u).
    start = u - tau*v + tau**2/2*rate(u)
    at_rest = u + tau**2/2*rate(u)
    script.value("leapfrog_start", "leapfrog_start(R, %r, f, g)" % tau, start)
    script.value("leapfrog_start at rest", "leapfrog_start(R, %r, f)" % tau,
                 at_rest)
    script.evolve("leapfrog", "f, leapfrog_start(R, %r, f, g)" % tau,
                  "leapfrog(R, %r)" % tau, 4, *repeated(
                      lambda w: leapfrog(rate, tau, w), 4,
                      np.array([u, start])))
    script.evolve("dufort_frankel", "f, g", "dufort_frankel(R, %r, %r)" %
                  (3/top, alpha), 4, *repeated(
                      lambda w: dufort_frankel(rate, 3/top, alpha, w), 4,
                      np.array([u, v])))
    script.run()


def main():
    workshop = Workshop(sys.argv[1])
    numbers = np.random.default_rng(2)
    for title, grid in {**GRIDS, **OPEN}.items():
        u, v = field(numbers, grid), field(numbers, grid)
        check_cycles(workshop, title, grid, u, v)
        check_fed(workshop, title, grid, u)
        check_two_levels(workshop, title, grid, u, v)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
