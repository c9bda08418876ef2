#!/usr/bin/env python3
"""The orders of the schemes in time: tau is halved, and the error is measured
against the exact solution of the system of ordinary differential equations that
the grid makes of the problem, so that no error in space mixes in.

usage: time.py path/to/pdec
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from measures import Workshop, check_order, largest

SIZE, END = 16, 0.5


# -- nonlinear: the logistic equation ------------------------------------------
#
# u_t = -u*(1 - u) has u = f/(f + (1 - f)*exp(t)), in each cell on its own.
LOGISTIC = """
grid X : 1d, boundary periodic
param tau = 0.1, n = 1
input f on X
fun R(u) = u^2 - u
evolve u from f by %s for n steps
output u
"""


def logistic(f):
    return f / (f + (1 - f) * np.exp(END))


# -- the heat equation: eigenvectors of the grid -------------------------------

HEAT = """
grid X : 1d, boundary dirichlet 0, extent [0, 1]
param tau = 0.1, n = 1
input f on X
fun R(u) = 0.05*laplace(u)
evolve u from f by %s for n steps
output u
"""


def modes():
    x = np.arange(1, SIZE) / SIZE
    for k, weight in ((1, 1.0), (2, 0.5), (3, -0.25)):
        rate = 0.05 * 4 * SIZE**2 * np.sin(k * np.pi / (2 * SIZE))**2
        yield weight * np.sin(k * np.pi * x), rate


def heat_start():
    return sum(mode for mode, _ in modes())


def heat_end():
    return sum(mode * np.exp(-rate * END) for mode, rate in modes())


# name: the step, its order
SCHEMES = {
    "explicit": ("explicit(R, tau)", 1),
    "heun": ("heun(R, tau)", 2),
    "ssprk3": ("ssprk3(R, tau)", 3),
    "rk4": ("rk4(R, tau)", 4),
    "rkl1": ("rkl1(R, tau, stages = 4)", 1),
    "rkl2": ("rkl2(R, tau, stages = 4)", 2),
    "implicit": ("implicit(R, tau, tol = 1e-15)", 1),
    "crank_nicolson": ("crank_nicolson(R, tau, tol = 1e-15)", 2),
}
LINEAR = {"semi_implicit": ("semi_implicit(R, tau, tol = 1e-14)", 1)}


def errors(program, start, exact, counts):
    """Of the first output at the time END after so many steps each."""
    return [largest(program.run({"f": start}, ["u"],
                                {"tau": END / n, "n": n})["u"] - exact)
            for n in counts]


def counts(order):
    """The fourth order reaches rounding errors soon."""
    return [16, 32, 64] if order == 4 else [32, 64, 128]


def check_schemes(workshop):
    start = np.linspace(0.1, 0.8, SIZE)
    for name, (step, order) in SCHEMES.items():
        check_order(workshop, name + ", logistic equation",
                    errors(workshop.compile(LOGISTIC % step), start,
                           logistic(start), counts(order)), order)
    for name, (step, order) in {**SCHEMES, **LINEAR}.items():
        check_order(workshop, name + ", heat equation",
                    errors(workshop.compile(HEAT % step), heat_start(),
                           heat_end(), counts(order)), order)


# -- frozen parts --------------------------------------------------------------
#
# Each cell on its own: u_t = -u^3, u = f/sqrt(1 + 2*f^2*t), where u^2 is held.
LAGGED = """
grid X : 1d, boundary reflecting
param tau = 0.1, n = 1
input f on X
fun R(u) = -freeze(u^2)*u
evolve u from f by semi_implicit(R, tau, tol = 1e-14) for n steps
output u
"""


def check_lagged(workshop):
    f = np.linspace(0.5, 1.5, SIZE)
    check_order(workshop, "semi_implicit, frozen factor",
                errors(workshop.compile(LAGGED), f,
                       f / np.sqrt(1 + 2 * f**2 * END), counts(1)), 1)


# -- u_tt = R(u) ---------------------------------------------------------------

WAVE = """
grid X : 1d, boundary dirichlet 0, extent [0, 1]
param tau = 0.1, n = 1
input f on X
input g on X
fun R(u) = laplace(u)
evolve u, before from f, leapfrog_start(R, tau, f, g)
    by leapfrog(R, tau) for n steps
output u
"""


def wave(k):
    x = np.arange(1, SIZE) / SIZE
    return np.sin(k * np.pi * x), 2 * SIZE * np.sin(k * np.pi / (2 * SIZE))


def check_leapfrog(workshop):
    """Two standing waves, the one with a displacement, the other with a
    velocity."""
    (first, a), (second, b) = wave(1), wave(2)
    exact = first * np.cos(a * END) + second * np.sin(b * END)
    program = workshop.compile(WAVE)
    check_order(workshop, "leapfrog, wave equation", [
        largest(program.run({"f": first, "g": b * second}, ["u"],
                            {"tau": END / n, "n": n})["u"] - exact)
        for n in (32, 64, 128)], 2)


# -- a scheme of the example's -------------------------------------------------

BASHFORTH = """
grid X : 1d, boundary periodic, extent [0, 1]
param tau = 0.1, n = 1
input f on X
fun R(u) = -central(x)(u)
scheme adams_bashforth(R, tau): u, k1, k2 -> {
  let k = R(u)
  u, k1, k2 = u + tau/12*(23*k - 16*k1 + 5*k2), k, k1
}
let one = rk4(R, tau)(f)
let two = rk4(R, tau)(one)
evolve u, k1, k2 from two, R(one), R(f) by adams_bashforth(R, tau) for n steps
output u
"""


def check_bashforth(workshop):
    """A sine travels at the speed of the central difference."""
    x = np.arange(SIZE) / SIZE
    speed = SIZE * np.sin(2 * np.pi / SIZE)
    exact = np.sin(2 * np.pi * x - speed * END)
    program = workshop.compile(BASHFORTH)
    check_order(workshop, "adams_bashforth, advection", [
        largest(program.run({"f": np.sin(2 * np.pi * x)}, ["u"],
                            {"tau": END / n, "n": n - 2})["u"] - exact)
        for n in (64, 128, 256)], 3)


def main():
    workshop = Workshop(sys.argv[1])
    check_schemes(workshop)
    check_lagged(workshop)
    check_leapfrog(workshop)
    check_bashforth(workshop)
    return workshop.finish()


sys.exit(main())
