#!/usr/bin/env python3
"""Implicit steps of second order with solvers of the caller's choice against
dense matrices and their tableaux, and embedded Runge-Kutta methods step by step,
with the orders of all of them.

usage: stiff_steps.py path/to/pdec
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from comparison import Comparison, Workshop
from grids import affine
from measures import check_order, order as measured
from problems import (AFFINE, GRIDS, LOGISTIC, affine_rate, field,
                      largest_eigenvalue, logistic)

C = 1 - np.sqrt(0.5)
D = -np.sqrt(0.5)


class Rate:
    """R(u) = M u + c, which is solved for."""

    def __init__(self, grid):
        self.shape = grid.shape
        self.m, self.c = affine(affine_rate(grid), grid.shape)

    def __call__(self, u):
        return (self.m @ u.ravel() + self.c).reshape(self.shape)

    def implicit(self, step, known):
        """w - step*R(w) = known."""
        return np.linalg.solve(np.eye(len(self.c)) - step*self.m,
                               known.ravel() + step*self.c).reshape(self.shape)


def sdirk2(rate, tau, u):
    v = rate.implicit(C*tau, u)
    return rate.implicit(C*tau, u + (1 - C)*tau*rate(v))


def imex(explicit, rate, tau, u):
    """The tableaux of Ascher, Ruuth, Spiteri 1997, section 2.6."""
    k0 = explicit(u)
    v = rate.implicit(C*tau, u + C*tau*k0)
    return rate.implicit(C*tau, u + tau*(D*k0 + (1 - D)*explicit(v)
                                         + (1 - C)*rate(v)))


def bdf2(rate, tau, u, v):
    return rate.implicit(2/3*tau, 4/3*u - v/3), u


def check_implicit(workshop, title, grid, u, v):
    rate, tau = Rate(grid), 4/largest_eigenvalue(grid)
    reaction = lambda w: np.sin(3*w) - w**2  # noqa: E731
    script = Comparison(workshop, title, grid, {"f": u, "g": v},
                        AFFINE + "fun E(u) = sin(3*u) - u^2\n")
    by = "by = cg(), tol = 1e-14"
    expected = u
    for _ in range(2):
        expected = sdirk2(rate, tau, expected)
    script.evolve("sdirk2", "f", "sdirk2(L, %r, %s)" % (tau, by), 2, expected,
                  tolerance=1e-11)
    expected = u
    for _ in range(2):
        expected = imex(reaction, rate, tau, expected)
    script.evolve("imex", "f", "imex(E, L, %r, %s)" % (tau, by), 2, expected,
                  tolerance=1e-11)
    levels = u, v
    for _ in range(2):
        levels = bdf2(rate, tau, *levels)
    script.evolve("bdf2", "f, g", "bdf2(L, %r, %s)" % (tau, by), 2, *levels,
                  tolerance=1e-11)
    script.run()


# -- steps that adapt ----------------------------------------------------------

# Bogacki, Shampine 1989; Dormand, Prince 1980, as in Hairer, Norsett, Wanner,
# table II.5.2: times, stages, both results, the order of the error.
EMBEDDED = {
    "bs23": ([0, 1/2, 3/4, 1],
             [[], [1/2], [0, 3/4], [2/9, 1/3, 4/9]],
             [2/9, 1/3, 4/9, 0], [7/24, 1/4, 1/3, 1/8], 3),
    "dp45": ([0, 1/5, 3/10, 4/5, 8/9, 1, 1],
             [[], [1/5], [3/40, 9/40], [44/45, -56/15, 32/9],
              [19372/6561, -25360/2187, 64448/6561, -212/729],
              [9017/3168, -355/33, 46732/5247, 49/176, -5103/18656],
              [35/384, 0, 500/1113, 125/192, -2187/6784, 11/84]],
             [35/384, 0, 500/1113, 125/192, -2187/6784, 11/84, 0],
             [5179/57600, 0, 7571/16695, 393/640, -92097/339200, 187/2100,
              1/40], 5),
}


def embedded(tableau, rate, end, tol, u, t, tau):
    times, stages, weights, others, order = tableau
    h, ks = min(tau, end - t), []
    for c, row in zip(times, stages):
        ks.append(rate(u + h*sum((a*k for a, k in zip(row, ks)), 0*u), t + c*h))
    error = np.max(np.abs(h*sum((b - c)*k for b, c, k in
                                zip(weights, others, ks))))
    factor = min(max(0.9*(tol/max(error, 1e-30))**(1/order), 0.2), 5)
    if error <= tol:
        u, t = u + h*sum(b*k for b, k in zip(weights, ks)), t + h
    return u, t, h*factor, error <= tol


TIMED = LOGISTIC + "fun T(u, t) = R(u) + sin(20*t)*u\n"


def check_embedded(workshop, title, grid, u):
    rate = logistic(grid)
    timed = lambda w, t: rate(w) + np.sin(20*t)*w  # noqa: E731
    for name, tableau in EMBEDDED.items():
        end = 20/largest_eigenvalue(grid)
        tol = 1e-5
        script = Comparison(workshop, "%s: %s" % (title, name), grid, {"f": u},
                            TIMED)
        step = "%s(T, %r, %r)" % (name, end, tol)
        # The first ones are refused.
        state, accepted = (u, 0.0, end), []
        for _ in range(6):
            *state, good = embedded(tableau, timed, end, tol, *state)
            accepted.append(good)
        assert not accepted[0] and accepted[-1]
        script.script += ("evolve a, at, ah from f, 0, %r by %s for 6 steps\n"
                          % (end, step))
        script.outputs("6 steps", ["a", "at", "ah"],
                       [state[0], np.array(state[1]), np.array(state[2])],
                       1e-9)
        while state[1] < end:
            *state, good = embedded(tableau, timed, end, tol, *state)
        script.script += ("evolve b, bt, bh from f, 0, %r by %s until bt >= %r\n"
                          % (end, step, end))
        script.outputs("to the end", ["b", "bt"],
                       [state[0], np.array(end)], 1e-8)
        script.run()


# -- orders --------------------------------------------------------------------

ORDERS = """grid X : 1d, boundary dirichlet 0, size 6
param tau = 0.1, n = 10
input f on X
fun E(u) = sin(3*u)
fun I(u) = laplace(u) - u^3
fun R(u) = E(u) + I(u)
evolve s from f by sdirk2(R, tau, by = newton(), tol = 1e-13) for n steps
evolve i from f by imex(E, I, tau, by = newton(), tol = 1e-13) for n steps
evolve b, c from sdirk2(R, tau, by = newton(), tol = 1e-13)(f), f
    by bdf2(R, tau, by = newton(), tol = 1e-13) for n - 1 steps
evolve e from f by rk4(R, 0.0005) for 1600 steps
# So large a tolerance that no step is refused, and none is longer than tau.
fun fixed(step) = (u, t) -> {
  let v, s, h = step(u, t, tau)
  return [v, s]
}
evolve p, pt from f, 0 by fixed(bs23((u, t) -> R(u), 1e9, 1e9)) for n steps
evolve q, qt from f, 0 by fixed(dp45((u, t) -> R(u), 1e9, 1e9)) for n steps
output s, i, b, e, p, q
"""


def check_orders(workshop):
    u = np.sin(np.arange(1, 7))
    program = workshop.compile(ORDERS, "-O", "0")
    errors = {name: [] for name in "sibpq"}
    for n in (10, 20, 40, 80):
        found = program.run({"f": u}, list("sibepq"), {"tau": 0.8/n, "n": n})
        for name in errors:
            errors[name].append(np.max(np.abs(found[name] - found["e"])))
    for name, title, order in (("s", "sdirk2", 2), ("i", "imex", 2),
                               ("b", "bdf2", 2), ("p", "bs23", 3),
                               ("q", "dp45", 5)):
        if order == 5:
            # The last errors are the reference's own, and more than was promised
            # is no mistake.
            found = measured(errors[name][:3])
            workshop.check(title, found > 4.9, errors[name])
        else:
            check_order(workshop, title, errors[name][1:], order, within=0.25)


def main():
    workshop = Workshop(sys.argv[1])
    numbers = np.random.default_rng(9)
    for title, grid in list(GRIDS.items())[0::3]:
        u, v = field(numbers, grid), field(numbers, grid)
        check_implicit(workshop, title, grid, u, v)
        check_embedded(workshop, title, grid, u)
    check_orders(workshop)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
