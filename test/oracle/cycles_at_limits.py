#!/usr/bin/env python3
"""Multigrid cycles where something is special: equations with a constant part,
a coarsest grid that is the whole one, cycles after the solution is found where
it is known up to a constant.

usage: cycles_at_limits.py path/to/pdec [CASE...]
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from comparison import Comparison, Workshop
from cycles import CYCLES, damped
from grids import Grid, REFLECTING
from hierarchies import CLOSED, Multigrid
from problems import field, given, line, repeated


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
    """Once the equation is solved, more cycles leave the solution as it is."""
    right = right - np.mean(right)
    m = np.array([-grid.laplace(e.reshape(grid.shape)).ravel()
                  for e in np.eye(u.size)]).T
    exact = np.mean(u) + (np.linalg.pinv(m) @ right.ravel()).reshape(u.shape)
    script = Comparison(workshop, title, grid, {"f": u, "g": right},
                        "fun A(u) = -laplace(u)\n")
    for name in CYCLES:
        script.value(name, "repeated(%s(levels = 2)(A, g), 60, f)" % name,
                     exact, tolerance=1e-9)
    script.run()


def check_large_coarsest(workshop, title, grid, u, right):
    """More cells than the coarsest grid's conjugate gradients have passes."""
    script = Comparison(workshop, title, grid, {"f": u, "g": right},
                        "fun A(u) = -laplace(u)\n")
    exact = Multigrid(lambda grid: lambda u: -grid.laplace(u), grid, damped(1),
                      1, 0, 0).v(right, u)
    script.solve("v_cycle", "A", "g", "f", "v_cycle(levels = 1)", 1, exact)
    script.run()


CASES = {
    "cycles-with-constants": on_grids(check_constants, {
        "1-D": line(15, given(0), given(1)),
        "2-D": Grid((8, 8), [(REFLECTING,)*2]*2, (1.0, 0.5))}),
    "singular-cycles": on_grids(check_singular, CLOSED),
    "large-coarsest-grid": on_grids(check_large_coarsest, {
        "300 cells": line(300, given(1), given(-1), 1.0)}),
}


def main():
    workshop = Workshop(sys.argv[1])
    for name in sys.argv[2:] or CASES:
        CASES[name](workshop)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
