#!/usr/bin/env python3
"""What the library or the language does not compute yet as the textbooks have
it. Each case is a test of its own, expected to fail; when it passes, its XFAIL
line goes (and the case can join the others of its kind).

usage: pending.py path/to/pdec CASE
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from approximation import check_cycles as check_approximation
from comparison import Comparison, Workshop
from cycles import check_cycles, damped, CYCLES
from explicit_steps import TABLEAUX, runge_kutta
from grids import Grid, PERIODIC, REFLECTING
from hierarchies import SLOPES, VALUES, Multigrid
from problems import (GRIDS, LOGISTIC, field, given, largest_eigenvalue, line,
                      logistic, repeated)
from solvers import EQUATION, check_relaxation, jacobi, linear_system

WITH_VALUES = {title: grid for title, grid in GRIDS.items()
               if "dirichlet" in title or "neumann" in title}


def two_fields(grid):
    numbers = np.random.default_rng(8)
    return field(numbers, grid), field(numbers, grid)


def on_grids(check, grids):
    """Each grid in turn; a faulty script does not hide others."""
    def case(workshop):
        for title, grid in grids.items():
            try:
                check(workshop, title, grid, *two_fields(grid))
            except RuntimeError as error:
                workshop.check(title, False, "\n".join(
                    line for line in str(error).splitlines()
                    if "error: " in line))
    return case


MIDPOINT = """scheme midpoint(R, tau): u -> {
  let half = u + tau/2*R(u)
  u = u + tau*R(half)
}
scheme twice(step): u -> step(step(u))
"""


def check_own_stages(workshop, title, grid, u, _):
    """A scheme of the script's own whose stages are written plainly."""
    tau, rate = 0.4/largest_eigenvalue(grid), logistic(grid)
    script = Comparison(workshop, title, grid, {"f": u}, LOGISTIC + MIDPOINT)
    script.evolve("midpoint", "f", "midpoint(R, %r)" % tau, 2, repeated(
        lambda w: w + tau*rate(w + tau/2*rate(w)), 2, u))
    script.run()


def check_composed_steps(workshop, title, grid, u, _):
    tau, rate = 0.4/largest_eigenvalue(grid), logistic(grid)
    for name in ("explicit", "rk4"):
        script = Comparison(workshop, title, grid, {"f": u},
                            LOGISTIC + MIDPOINT)
        script.evolve(name + ", composed", "f",
                      "twice(%s(R, %r))" % (name, tau), 1,
                      repeated(lambda w: runge_kutta(
                          TABLEAUX[name], rate, tau, w), 2, u))
        script.run()


def check_composed_smoothers(workshop, title, grid, u, right):
    m, b = linear_system(grid, right)
    script = Comparison(workshop, title, grid, {"f": u, "g": right}, EQUATION)
    script.value("jacobi, composed", "jacobi()(A, g)(jacobi()(A, g)(f))",
                 repeated(lambda v: jacobi(m, b, 0.8, v), 2,
                          u.ravel()).reshape(grid.shape))
    script.run()


AFFINE = "fun A(u) = 3*u - laplace(u) + 0.25\n"


def check_constants(workshop, title, grid, u, right):
    """Errors obey the linear part of A, with a constant as with sides."""
    script = Comparison(workshop, title, grid, {"f": u, "g": right}, AFFINE)
    multigrid = Multigrid(lambda grid: lambda u: 3*u - grid.laplace(u) + 0.25,
                          grid, damped(4/5), 3, 2, 1)
    for name in ("v_cycle", "w_cycle", "f_cycle"):
        cycle = CYCLES[name][0]
        script.solve(name, "A", "g", "f", name + "()", 2, repeated(
            lambda v: cycle(multigrid, right, v), 2, u))
    script.run()


def check_singular(workshop, title, grid, u, right):
    """-laplace(u) = b is solved up to a constant if the mean of b is zero."""
    right = right - np.mean(right)
    m = np.array([-grid.laplace(e.reshape(grid.shape)).ravel()
                  for e in np.eye(u.size)]).T
    exact = (np.linalg.pinv(m) @ right.ravel()).reshape(u.shape)
    script = Comparison(workshop, title, grid, {"f": u, "g": right},
                        "fun A(u) = -laplace(u)\n"
                        "fun centred(u) = u - mean(u)\n")
    for name in ("v_cycle", "w_cycle", "f_cycle", "fmg"):
        script.value(name, "centred(repeated(%s(levels = 2)(A, g), 60, f))" %
                     name, exact, tolerance=1e-9)
    script.run()


def check_large_coarsest(workshop, title, grid, u, right):
    """More cells than the coarsest grid's conjugate gradients have passes."""
    script = Comparison(workshop, title, grid, {"f": u, "g": right},
                        "fun A(u) = -laplace(u)\n")
    exact = Multigrid(lambda grid: lambda u: -grid.laplace(u), grid, damped(1),
                      1, 0, 0).v(right, u)
    script.solve("v_cycle", "A", "g", "f", "v_cycle(levels = 1)", 1, exact)
    script.run()


CORNERS = """grid X : 2d, boundary dirichlet 10*x + y, extent [0, 1]
input e on X
output ll = stencil(X, [[1, 0, 0], [0, 0, 0], [0, 0, 0]])(e),
    lh = stencil(X, [[0, 0, 1], [0, 0, 0], [0, 0, 0]])(e),
    hl = stencil(X, [[0, 0, 0], [0, 0, 0], [1, 0, 0]])(e),
    hh = stencil(X, [[0, 0, 0], [0, 0, 0], [0, 0, 1]])(e)
"""


def check_corners(workshop):
    """Beyond two sides, their common value is that of the corner."""
    answer = workshop.compile(CORNERS).run({"e": np.zeros((3, 3))},
                                           ["ll", "lh", "hl", "hh"])
    found = np.array([answer["ll"][0, 0], answer["lh"][0, -1],
                      answer["hl"][-1, 0], answer["hh"][-1, -1]])
    workshop.check_close("corners", found, np.array([0.0, 1, 10, 11]), 1e-12)


ODD = {"1-D": line(11, PERIODIC, PERIODIC, 0.3), "2-D": Grid(
    (5, 6), [(PERIODIC, PERIODIC), (REFLECTING, given(1))], (0.3, 0.2))}


def check_jacobi(workshop, title, grid, u, right):
    """Two colours do not fit an odd circle, but the diagonal is what it is."""
    m, b = linear_system(grid, right)
    script = Comparison(workshop, title, grid, {"f": u, "g": right}, EQUATION)
    script.value("diagonal", "diagonal(A, g)", np.diag(m).reshape(grid.shape))
    script.solve("jacobi", "A", "g", "f", "jacobi()", 3, repeated(
        lambda v: jacobi(m, b, 0.8, v), 3, u.ravel()).reshape(grid.shape))
    script.run()


SINGULAR = {
    "1-D, reflecting": line(16, REFLECTING, REFLECTING),
    "2-D, reflecting": Grid((8, 8), [(REFLECTING,)*2]*2, (1.0, 1.0)),
    "3-D, reflecting": Grid((8, 4, 4), [(REFLECTING,)*2]*3, (1.0,)*3),
    "2-D, periodic": Grid((8, 8), [(PERIODIC,)*2]*2, (1.0, 1.0)),
}
CASES = {
    "own-stages": on_grids(check_own_stages, WITH_VALUES),
    "composed-steps": on_grids(check_composed_steps, WITH_VALUES),
    "composed-smoothers": on_grids(check_composed_smoothers, VALUES),
    "approximation-with-values": on_grids(check_approximation, VALUES),
    "approximation-with-slopes": on_grids(check_approximation, SLOPES),
    "relaxation-with-slopes": on_grids(check_relaxation, SLOPES),
    "cycles-with-slopes": on_grids(check_cycles, SLOPES),
    "cycles-with-constants": on_grids(check_constants, {
        "1-D": line(15, given(0), given(1)),
        "2-D": Grid((8, 8), [(REFLECTING,)*2]*2, (1.0, 0.5))}),
    "singular-cycles": on_grids(check_singular, SINGULAR),
    "large-coarsest-grid": on_grids(check_large_coarsest, {
        "300 cells": line(300, given(1), given(-1), 1.0)}),
    "odd-circles": on_grids(check_jacobi, ODD),
    "corners": check_corners,
}


def main():
    workshop = Workshop(sys.argv[1])
    CASES[sys.argv[2]](workshop)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
