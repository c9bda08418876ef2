#!/usr/bin/env python3
"""Multigrid cycles against dense matrices: V, W, F and full multigrid, with
both smoothers, at sides without and with values.

usage: cycles.py path/to/pdec
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from comparison import Comparison, Workshop
from hierarchies import (CLOSED, SLOPES, VALUES, WALLS, Multigrid,
                         SingularMultigrid)
from problems import field, given, line, repeated
from relaxation import coloured_cells, gauss_seidel, jacobi

# Every grid has coefficients of its own.
EQUATION = "fun A(u) = (2 + x)*u - laplace(u)\n"


def equation(grid):
    return lambda u: (2 + grid.coordinates()[0])*u - grid.laplace(u)


def damped(omega):
    return lambda m, grid: lambda b, u: jacobi(m, b, omega, u)


def coloured(m, grid):
    return lambda b, u: gauss_seidel(m, b, coloured_cells(grid), u)


SMOOTHERS = {"jacobi(4/5)": damped(4/5), "jacobi(0.6)": damped(0.6),
             "red_black()": coloured}
# Name: the cycle, and the smoother when none is given. The other numbers are
# then 2, 1 and 3 levels.
CYCLES = {"v_cycle": (Multigrid.v, "jacobi(4/5)"),
          "w_cycle": (Multigrid.w, "jacobi(4/5)"),
          "f_cycle": (Multigrid.f, "jacobi(4/5)"),
          "fmg": (Multigrid.fmg, "red_black()")}
# Before, after, with, on so many levels.
VARIANTS = [(2, 2, "red_black()", 2), (0, 3, "jacobi(0.6)", 3)]


# With fewer levels than four, the grid below an F-cycle's is the coarsest or
# next to it, and W-cycles there would be V-cycles.
DEEP = line(31, given(0.5), given(1), 0.0625)
DEEP_VARIANTS = [(1, 1, "jacobi(0.6)", 4), (1, 2, "red_black()", 4)]


def check_cycles(workshop, title, grid, u, right, variants=VARIANTS):
    script = Comparison(workshop, title, grid, {"f": u, "g": right}, EQUATION)
    for name, (cycle, smoother) in CYCLES.items():
        for text, variant in [("()", (2, 1, smoother, 3))] + [
                ("(%d, %d, %s, %d)" % variant, variant)
                for variant in variants]:
            pre, post, smoother, levels = variant
            multigrid = Multigrid(equation, grid, SMOOTHERS[smoother], levels,
                                  pre, post)
            script.solve(name + text, "A", "g", "f", name + text, 2, repeated(
                lambda v: cycle(multigrid, right, v), 2, u))
    script.run()


def check_coarsest(workshop, numbers):
    """One level is an exact solution. On a line without a term of order zero,
    conjugate gradients need as many passes as there are cells."""
    for size in (2, 9, 150):
        grid = line(size, given(1), given(-2), 1.0)
        right = field(numbers, grid)
        script = Comparison(workshop, "%d cells" % size, grid,
                            {"f": 0*right, "g": right},
                            "fun A(u) = -laplace(u)\n")
        exact = Multigrid(lambda grid: lambda u: -grid.laplace(u), grid,
                          damped(1), 1, 0, 0).v(right, right)
        for name in CYCLES:
            script.solve(name, "A", "g", "f", name + "(levels = 1)", 1, exact)
        script.run()


def with_mean(v, u):
    return v + (np.mean(u) - np.mean(v))


def check_singular(workshop, title, grid, u, right):
    """-laplace(u) = b has solutions if b has no mean, and they differ by
    constants: each cycle keeps the mean of its start."""
    right = right - np.mean(right)
    script = Comparison(workshop, title + ", singular", grid,
                        {"f": u, "g": right}, "fun A(u) = -laplace(u)\n")
    for name, (cycle, smoother) in CYCLES.items():
        for levels in (2, 3):
            multigrid = SingularMultigrid(
                lambda grid: lambda u: -grid.laplace(u), grid,
                SMOOTHERS[smoother], levels, 2, 1)
            script.solve(
                "%s, %d levels" % (name, levels), "A", "g", "f",
                "%s(levels = %d)" % (name, levels), 2, repeated(
                    lambda v: with_mean(cycle(multigrid, right, v), u), 2, u))
    script.run()


def main():
    workshop = Workshop(sys.argv[1])
    numbers = np.random.default_rng(5)
    for title, grid in {**WALLS, **VALUES, **SLOPES}.items():
        u, right = field(numbers, grid), field(numbers, grid)
        check_cycles(workshop, title, grid, u, right)
    u, right = field(numbers, DEEP), field(numbers, DEEP)
    check_cycles(workshop, "four levels", DEEP, u, right, DEEP_VARIANTS)
    for title, grid in CLOSED.items():
        u, right = field(numbers, grid), field(numbers, grid)
        check_singular(workshop, title, grid, u, right)
    check_coarsest(workshop, numbers)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
