#!/usr/bin/env python3
"""The rules beyond the sides: on functions that they continue exactly, and
those of the language against its operators. What the oracles are made of is
tried here, too: their cycles find the solution.

usage: rules.py path/to/pdec
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from approximation import FullApproximation
from comparison import Comparison, Workshop
from cycles import damped, equation
from grids import AXES
from hierarchies import SLOPES, VALUES, WALLS, Multigrid
from problems import GRIDS, OPEN, field, repeated
from sides import Side, beyond

# -- functions that a rule continues -------------------------------------------
#
# x is the distance from the end, outwards: cells lie at -h/2, -3*h/2, ..., the
# places beyond at h/2, 3*h/2, ... Even functions have no slope at the end. A
# line has any slope and any a*u + b*du/dn there.

H = 0.125
CONTINUED = {
    "reflecting": (Side("reflecting"), lambda x: np.cos(2*x) + x**4),
    "neumann": (Side("neumann", -0.75), lambda x: 2 - 0.75*x),
    "neumann, and an even part": (Side("neumann", 0.5),
                                  lambda x: 0.5*x + np.cos(x)),
    "robin": (Side("robin", 2.0, 3.0, 2.0*5 + 3.0*0.5), lambda x: 5 + 0.5*x),
    "robin as neumann": (Side("robin", 0.0, 2.0, -1.5), lambda x: 2 - 0.75*x),
    # The mean of a cell and its mirror image is the value at the end.
    "robin as values at the face": (Side("robin", 2.0, 0.0, 3.0),
                                    lambda x: 1.5 + np.sin(x)),
    "extrapolated": (Side("extrapolated"), lambda x: 2 - 0.75*x),
    "periodic": (Side("periodic"), lambda x: np.sin(2*np.pi*x/(8*H) + 0.3)),
    "dirichlet": (Side("dirichlet", -0.5), lambda x: np.where(x > 0, -0.5, x)),
}


def check_continuation(workshop):
    cells = -(np.arange(8) + 0.5)*H
    for title, (rule, function) in CONTINUED.items():
        for d in (1, 2, 3):
            exact = function((d - 0.5)*H)
            for end, u in (("low", function(cells)),
                           ("high", function(cells)[::-1])):
                workshop.check_close(
                    "%s, %s, place %d" % (title, end, d),
                    np.array(beyond(rule, u, d, end, H)), np.array(exact),
                    1e-14)


def check_homogeneous(workshop):
    """The difference of two continued fields is the difference's
    continuation."""
    numbers = np.random.default_rng(9)
    for title, (rule, _) in CONTINUED.items():
        u, v = numbers.standard_normal((2, 8, 3))
        for d in (1, 3):
            workshop.check_close(
                title + " of differences",
                beyond(rule, u, d, "low", H) - beyond(rule, v, d, "low", H),
                beyond(rule.homogeneous(), u - v, d, "low", H), 1e-14)


# -- operators of the language -------------------------------------------------

OPERATORS = ("forward", "backward", "central", "d2")
# Of rows on faces, which no output has, those of the cells are left.
CELLS = "%s(%s)(f) + 0*f"


def check_operators(workshop):
    numbers = np.random.default_rng(10)
    for title, grid in {**GRIDS, **OPEN}.items():
        u = field(numbers, grid)
        script = Comparison(workshop, title, grid, {"f": u})
        for axis, name in enumerate(AXES[:grid.rank]):
            script.value("position " + name, name + " + 0*f",
                         grid.coordinates()[axis])
            for operator in OPERATORS:
                script.value("%s(%s)" % (operator, name),
                             CELLS % (operator, name),
                             getattr(grid, operator)(u, axis))
            for k in (-3, 2):
                script.value("%d cells along %s" % (k, name),
                             shifted(name, k), grid.at(u, axis, k))
        script.value("laplace", "laplace(f)", grid.laplace(u))
        script.run()


def shifted(axis, k):
    """A stencil of one weight, centred so that it has no rows on faces."""
    weights = [0]*(2*abs(k) + 1)
    weights[abs(k) + k] = 1
    return "stencil(%s, %s)(f)" % (axis, weights)


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


# -- cycles of the oracles find solutions --------------------------------------


def check_cycles(workshop):
    numbers = np.random.default_rng(11)
    for title, grid in {**WALLS, **VALUES, **SLOPES}.items():
        u, right = field(numbers, grid), field(numbers, grid)
        multigrid = Multigrid(equation, grid, damped(4/5), 2, 2, 1)
        for cycle in (Multigrid.v, Multigrid.w, Multigrid.f, Multigrid.fmg):
            v = repeated(lambda w: cycle(multigrid, right, w), 60, u)
            workshop.check_close("%s, %s" % (title, cycle.__name__),
                                 equation(grid)(v), right, 1e-11)
        scheme = FullApproximation(grid, 2, post=2)
        v = repeated(lambda w: scheme.cycle(right, w), 60, u)
        workshop.check_close(title + ", fas", scheme.a(0, v), right, 1e-11)


def main():
    workshop = Workshop(sys.argv[1])
    check_continuation(workshop)
    check_homogeneous(workshop)
    check_operators(workshop)
    check_corners(workshop)
    check_cycles(workshop)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
