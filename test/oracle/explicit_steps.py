#!/usr/bin/env python3
"""Runge-Kutta methods against their Butcher tableaux: nonlinear rates, systems,
every kind of side; and upwind differences.

usage: explicit_steps.py path/to/pdec
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from comparison import Comparison, Workshop
from grids import AXES
from problems import (GRIDS, LOGISTIC, OPEN, SYSTEM, field,
                      largest_eigenvalue, logistic, repeated, system)

# Name: the matrix of the stages' weights and the weights of the result, as in
# Hairer, Norsett, Wanner, Solving Ordinary Differential Equations I; of ssprk3,
# Shu and Osher 1988.
TABLEAUX = {
    "explicit": ([[0]], [1]),
    "heun": ([[0, 0], [1, 0]], [1/2, 1/2]),
    "ssprk3": ([[0, 0, 0], [1, 0, 0], [1/4, 1/4, 0]], [1/6, 1/6, 2/3]),
    "rk4": ([[0, 0, 0, 0], [1/2, 0, 0, 0], [0, 1/2, 0, 0], [0, 0, 1, 0]],
            [1/6, 1/3, 1/3, 1/6]),
}
STEPS = 3


def runge_kutta(tableau, rate, tau, u):
    """Stages are states: they have the values of the sides."""
    stages, weights = tableau
    rates = []
    for row in stages:
        rates.append(rate(u + tau*sum(a*k for a, k in zip(row, rates))))
    return u + tau*sum(b*k for b, k in zip(weights, rates))


# -- schemes of a script's own: stages and results are states ------------------

OWN = """scheme midpoint(R, tau): u -> {
  let half = u + tau/2*R(u)
  u = u + tau*R(half)
}
scheme twice(step): u -> step(step(u))
"""
MIDPOINT = ([[0, 0], [1/2, 0]], [0, 1])


def check_own(workshop, title, grid, u):
    tau, rate = 0.4/largest_eigenvalue(grid), logistic(grid)
    script = Comparison(workshop, title, grid, {"f": u}, LOGISTIC + OWN)
    script.evolve("midpoint", "f", "midpoint(R, %r)" % tau, 2, repeated(
        lambda w: runge_kutta(MIDPOINT, rate, tau, w), 2, u))
    for name in ("explicit", "rk4"):
        script.evolve(
            name + ", composed", "f", "twice(%s(R, %r))" % (name, tau), 1,
            repeated(lambda w: runge_kutta(TABLEAUX[name], rate, tau, w), 2, u))
    script.run()


# -- upwind differences --------------------------------------------------------


def upwind(grid, axis, v, u):
    """Courant, Isaacson, Rees 1952: v*u_x from the side the flow comes from."""
    return v*np.where(v > 0, grid.backward(u, axis), grid.forward(u, axis))


def check_upwind(workshop, title, grid, u, v):
    flow = v - 0.5
    script = Comparison(workshop, title, grid, {"f": u, "g": flow})
    for axis, name in enumerate(AXES[:grid.rank]):
        script.value("upwind, flow both ways along " + name,
                     "upwind(%s, g, f)" % name, upwind(grid, axis, flow, u))
        for speed in (0.75, -1.5):
            script.value("upwind, %g along %s" % (speed, name),
                         "upwind(%s, %r, f)" % (name, speed),
                         upwind(grid, axis, speed, u))
    script.run()


def main():
    workshop = Workshop(sys.argv[1])
    numbers = np.random.default_rng(1)
    for title, grid in {**GRIDS, **OPEN}.items():
        u, v = field(numbers, grid), field(numbers, grid)
        tau = 0.4/largest_eigenvalue(grid)
        script = Comparison(workshop, title, grid, {"f": u, "g": v},
                            LOGISTIC + SYSTEM)
        for name, tableau in TABLEAUX.items():
            script.evolve(name, "f", "%s(R, %r)" % (name, tau), STEPS, repeated(
                lambda w: runge_kutta(tableau, logistic(grid), tau, w), STEPS,
                u))
            script.evolve(
                name + " of a system", "f, g", "%s(S, %r)" % (name, tau), STEPS,
                *repeated(lambda w: runge_kutta(tableau, system(grid), tau, w),
                          STEPS, np.array([u, v])))
        script.run()
        check_own(workshop, title, grid, u)
        check_upwind(workshop, title, grid, u, v)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
