#!/usr/bin/env python3
"""Implicit steps: the solutions of their equations by elimination, and their
iterations pass by pass, with the tolerances and limits that docs/language.md
gives.

usage: implicit_steps.py path/to/pdec
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from comparison import Comparison, Workshop, check_limit
from grids import affine
from krylov import best, passes
from problems import (AFFINE, GRIDS, LOGISTIC, REFLECTING, SYSTEM, affine_rate,
                      field, given, held, held_text,
                      largest_eigenvalue, line, logistic, repeated, system)


# -- the equations -------------------------------------------------------------


def solved(function, right):
    """u of u - function(u) = right, for an affine function."""
    m, c = affine(function, right.shape)
    return np.linalg.solve(np.eye(len(m)) - m, right.ravel() + c).reshape(
        right.shape)


def backward_euler(rate, tau, u):
    """u+ - tau*R(u+) = u."""
    return solved(lambda v: tau*rate(v), u)


def trapezoidal(rate, tau, u):
    """u+ - tau/2*R(u+) = u + tau/2*R(u)."""
    return solved(lambda v: tau/2*rate(v), u + tau/2*rate(u))


def check_equations(workshop, title, grid, u):
    text = AFFINE + held_text(grid)
    script = Comparison(workshop, title, grid, {"f": u}, text)
    rate, top = affine_rate(grid), largest_eigenvalue(grid) + 0.5
    # The undamped iterations contract by tau*top and tau/2*top, the damped one
    # by c/(2 + c), c = tau*top.
    for name, equation, tau, options in (
            ("implicit", backward_euler, 0.5/top, ""),
            ("implicit", backward_euler, 4/top, ", omega = 2/6"),
            ("crank_nicolson", trapezoidal, 1/top, ""),
            ("crank_nicolson", trapezoidal, 8/top, ", omega = 2/6")):
        script.evolve(name + options, "f", "%s(L, %r, tol = 1e-14%s)" %
                      (name, tau, options), 2,
                      repeated(lambda v: equation(rate, tau, v), 2, u))
    tau = 20/top
    _, hold = held(grid)
    script.evolve("semi_implicit, held", "f",
                  "semi_implicit(H, %r, tol = 1e-14)" % tau, 2, repeated(
                      lambda v: backward_euler(hold(v), tau, v), 2, u))
    script.evolve("semi_implicit", "f",
                  "semi_implicit(L, %r, tol = 1e-14)" % tau, 2,
                  repeated(lambda v: backward_euler(rate, tau, v), 2, u))
    script.run()


COUPLED = """fun C(u, v) = [laplace(u) - u + 0.5*v + 1,
                           laplace(v) - 2*v + 0.5*u]
"""


def coupled(grid):
    """Symmetric, as conjugate gradients need."""
    def rate(pair):
        u, v = pair
        return np.array([grid.laplace(u) - u + 0.5*v + 1,
                         grid.laplace(v) - 2*v + 0.5*u])
    return rate


def check_systems(workshop, title, grid, u, v):
    script = Comparison(workshop, title, grid, {"f": u, "g": v}, COUPLED)
    tau = 20/largest_eigenvalue(grid)
    script.evolve("semi_implicit of a system", "f, g",
                  "semi_implicit(C, %r, tol = 1e-14)" % tau, 2, *repeated(
                      lambda w: backward_euler(coupled(grid), tau, w), 2,
                      np.array([u, v])))
    script.run()


# -- the iterations ------------------------------------------------------------


def iterates(rate, tau, omega, known, start):
    """Of v = known + tau*R(v), damped; with the change of each."""
    v = start
    while True:
        w = v + omega*(known + tau*rate(v) - v)
        yield w, np.max(np.abs(w - v))
        v = w


def after(count, rate, tau, omega, known, start):
    """The iterate, and a tolerance that is met there first."""
    changes = []
    for w, change in iterates(rate, tau, omega, known, start):
        changes.append(change)
        if len(changes) == count:
            assert min(changes[:-1]) > changes[-1]
            return w, np.sqrt(changes[-1]*min(changes[:-1]))


def until(tolerance, *iteration):
    for w, change in iterates(*iteration):
        if change < tolerance:
            return w


# Name: how much of the rate is taken at the new level, and how much at the old.
WEIGHTS = {"implicit": (1, 0), "crank_nicolson": (1/2, 1/2)}


def check_passes(workshop, title, grid, u, v):
    script = Comparison(workshop, title, grid, {"f": u, "g": v},
                        LOGISTIC + SYSTEM)
    for name, (new, old) in WEIGHTS.items():
        for omega in (1, 0.625):
            for rate, text, start in ((logistic(grid), "R", u),
                                      (system(grid), "S", np.array([u, v]))):
                tau = 0.4/largest_eigenvalue(grid)
                known = start + old*tau*rate(start)
                w, tolerance = after(4, rate, new*tau, omega, known, start)
                script.evolve(
                    "4 passes of %s(%s), omega = %g" % (name, text, omega),
                    "f, g" if text == "S" else "f",
                    "%s(%s, %r, tol = %r, omega = %r)" %
                    (name, text, tau, tolerance, omega), 1,
                    *(w if text == "S" else [w]))
    script.run()


# -- tolerances and limits that are not given ----------------------------------

EPSILON = 2.0**-52


def check_tolerances(workshop, numbers):
    """One pass more or less shows: its change is a tenth of the tolerance at
    least, and more than rounding errors."""
    grid = line(12, given(1), REFLECTING, 1.0)
    u = field(numbers, grid)
    rate, tau = logistic(grid), 0.1
    script = Comparison(workshop, "without a tolerance", grid, {"f": u},
                        LOGISTIC)
    script.evolve("implicit", "f", "implicit(R, %r)" % tau, 1, until(
        1e-10 + 50*EPSILON, rate, tau, 1, u, u), tolerance=2e-14)
    script.evolve("crank_nicolson", "f", "crank_nicolson(R, %r)" % tau, 1,
                  until(1e-12 + 50*EPSILON, rate, tau/2, 1,
                        u + tau/2*rate(u), u), tolerance=2e-14)
    script.run()


def check_residuals(workshop, numbers):
    """The same for conjugate gradients, which lose some digits on their way. A
    tolerance ten times as large is met before."""
    grid = line(60, given(1), REFLECTING, 1.0)
    u = field(numbers, grid)
    counts = [conjugate(affine_rate(grid), 5, u, factor*1e-10 + 50*EPSILON)[2]
              for factor in (10, 1, 0.1)]
    assert counts[0] < counts[1] < counts[2]
    m, right, count = conjugate(affine_rate(grid), 5, u, 1e-10 + 50*EPSILON)
    script = Comparison(workshop, "without a tolerance", grid, {"f": u}, AFFINE)
    script.evolve("semi_implicit", "f", "semi_implicit(L, 5)", 1,
                  best(m, right, u, count))
    script.run()


def conjugate(rate, tau, u, tolerance):
    """The equation of backward Euler, and the passes that it needs: until the
    residual is smaller than the right side or the first residual, the larger of
    them, times the tolerance."""
    m, c = affine(rate, u.shape)
    m, right = np.eye(len(m)) - tau*m, u + tau*c
    largest = max(np.linalg.norm(u), np.linalg.norm(right - m @ u))
    return m, right, passes(m, right, u, tolerance*largest)


# In single precision, 50 units in the last place are added to a tolerance.
SINGLE = """
fun slow(u) = -u
output a = implicit(slow, 0.9, max = 150)(f),
    b = crank_nicolson(slow, 1.8, max = 150)(f),
    c = semi_implicit(L, 0.5, max = %d)(f)
"""


def check_single(workshop, numbers):
    """With fewer passes than tolerances of double precision need."""
    grid = line(40, given(1), REFLECTING, 1.0)
    u = field(numbers, grid)
    _, _, few = conjugate(affine_rate(grid), 0.5, u, 50*2.0**-23)
    _, _, many = conjugate(affine_rate(grid), 0.5, u, 1e-10)
    assert few + 3 < many
    program = workshop.compile(grid.text() + "input f on X\n" + AFFINE +
                               SINGLE % (few + 2), "--precision", "f32")
    answer = program.run({"f": u}, "abc")
    for name, exact in (("a", u/1.9), ("b", u*0.1/1.9),
                        ("c", backward_euler(affine_rate(grid), 0.5, u))):
        workshop.check_close("single precision, " + name, answer[name], exact,
                             1e-4)


# In each cell on its own, with a contraction that can be chosen.
DECAY = """
grid X : 1d, boundary reflecting, size 3
param tau = 0.1
input f on X
fun R(u) = -u
output u = %s(R, tau%s)(f)
"""


def check_decay_limits(workshop):
    """Picard's iteration for -u: the k-th change is tau^k, and for the
    trapezoidal rule tau*(tau/2)^(k - 1). It ends in the pass whose change is
    below the tolerance."""
    for limit, options in ((500, ""), (37, ", max = 37")):
        for name, tolerance, longest in (
                ("implicit", 1e-10 + 50*EPSILON,
                 lambda t, k: t**(1/k)),
                ("crank_nicolson", 1e-12 + 50*EPSILON,
                 lambda t, k: 2*(t/2)**(1/k))):
            program = workshop.compile(DECAY % (name, options))
            check_limit(workshop, "%s: a limit of %d passes" % (name, limit),
                        program, *(
                            ({"f": np.array([1, -0.5, 0.25])},
                             {"tau": float(longest(factor*tolerance, limit))})
                            for factor in (0.99, 1.01)))


LINE = """
grid X : 1d, boundary low reflecting, high dirichlet 0
input f on X
fun R(u) = laplace(u)
output u = semi_implicit(R, 1e8%s)(f)
"""


def check_line_limits(workshop):
    """With a source at one end of a line, conjugate gradients need as many
    passes as there are cells: each tells one more of it. They need a few more
    for rounding errors."""
    for limit, options in ((500, ""), (40, ", max = 40")):
        program = workshop.compile(LINE % options)
        check_limit(workshop, "semi_implicit: a limit of %d passes" % limit,
                    program, *(({"f": np.eye(n)[0]}, {})
                               for n in (int(0.9*limit), limit + 5)))


def main():
    workshop = Workshop(sys.argv[1])
    numbers = np.random.default_rng(3)
    for title, grid in GRIDS.items():
        u, v = field(numbers, grid), field(numbers, grid)
        check_equations(workshop, title, grid, u)
        check_systems(workshop, title, grid, u, v)
        check_passes(workshop, title, grid, u, v)
    check_tolerances(workshop, numbers)
    check_residuals(workshop, numbers)
    check_single(workshop, numbers)
    check_decay_limits(workshop)
    check_line_limits(workshop)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
