#!/usr/bin/env python3
"""The full approximation scheme against NumPy, for a nonlinear equation: the
coarser grid solves for the solution, at sides with the finer grid's values.

usage: approximation.py path/to/pdec
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from comparison import Comparison, Workshop
from grids import affine
from hierarchies import SLOPES, VALUES, WALLS, grids
from problems import field, repeated

# The smoother is Jacobi's with the derivative of the cubic term.
EQUATION = """fun L(u) = (1 + x)*u - laplace(u)
fun A(u) = L(u) + 4*u^3
fun newton(A, b) = {
  let d = diagonal(L, b)
  return u -> u + 0.75*(b - A(u))/(d + 12*u^2)
}
"""


def linear(grid):
    return lambda u: (1 + grid.coordinates()[0])*u - grid.laplace(u)


class FullApproximation:
    """Brandt 1977: w = R u; A_H(w') = R(b - A(u)) + A_H(w); u += P(w' - w)."""

    def __init__(self, finest, levels, pre=2, post=1, coarse=20, gamma=1):
        self.grids = grids(finest, levels)
        self.diagonals = [
            np.diag(affine(linear(g), g.shape)[0]).reshape(g.shape)
            for g in self.grids]
        self.pre, self.post, self.coarse, self.gamma = pre, post, coarse, gamma

    def a(self, k, u):
        return linear(self.grids[k])(u) + 4*u**3

    def smoothed(self, k, count, b, u):
        return repeated(lambda v: v + 0.75*(b - self.a(k, v)) /
                        (self.diagonals[k] + 12*v**2), count, u)

    def cycle(self, b, u, k=0):
        if k == len(self.grids) - 1:
            return self.smoothed(k, self.coarse, b, u)
        fine = self.grids[k]
        u = self.smoothed(k, self.pre, b, u)
        start = fine.restrict(u)
        right = fine.restrict(b - self.a(k, u)) + self.a(k + 1, start)
        w = repeated(lambda v: self.cycle(right, v, k + 1), self.gamma, start)
        return self.smoothed(k, self.post, b, u + fine.prolong(w - start))


VARIANTS = {
    "": {},
    ", levels = 2": {"levels": 2},
    ", pre = 1, post = 3, coarse = 4": {"pre": 1, "post": 3, "coarse": 4},
    ", gamma = 2": {"gamma": 2},
    ", 0, 2, 3, 2, 2": {"pre": 0, "post": 2, "coarse": 3, "gamma": 2,
                        "levels": 2},
    ", levels = 1": {"levels": 1},
}


def check_cycles(workshop, title, grid, u, right):
    script = Comparison(workshop, title, grid, {"f": u, "g": right}, EQUATION)
    for text, options in VARIANTS.items():
        scheme = FullApproximation(grid, **{"levels": 3, **options})
        script.solve("fas(newton%s)" % text, "A", "g", "f",
                     "fas(newton%s)" % text, 2, repeated(
                         lambda v: scheme.cycle(right, v), 2, u))
    script.run()


def main():
    workshop = Workshop(sys.argv[1])
    numbers = np.random.default_rng(6)
    for title, grid in {**WALLS, **VALUES, **SLOPES}.items():
        u, right = field(numbers, grid), field(numbers, grid)
        check_cycles(workshop, title, grid, u, right)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
