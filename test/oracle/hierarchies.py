"""Multigrid of dense matrices, and the grids and equations it is tried on."""

import numpy as np

from grids import Grid, PERIODIC, REFLECTING, affine
from problems import given, leaking, line, sloping
from sides import Side, VaryingSide

ZERO = Side("dirichlet", 0.0)

# Of three levels at least. Half of the even circles are even.
WALLS = {  # without values
    "1-D, dirichlet 0": line(15, ZERO, ZERO),
    "1-D, reflecting": line(12, REFLECTING, REFLECTING, 0.25),
    "1-D, periodic": line(16, PERIODIC, PERIODIC, 0.3),
    "2-D, reflecting; dirichlet 0": Grid(
        (8, 11), [(REFLECTING, REFLECTING), (ZERO, ZERO)], (0.15, 0.2)),
}
VALUES = {  # with values at the sides
    "1-D, dirichlet": line(23, given(1.5), given(-0.5)),
    "2-D, periodic; varying dirichlet": Grid(
        (8, 7), [(PERIODIC, PERIODIC),
                 (VaryingSide("sin(x) + 1", lambda x, y: np.sin(x) + 1),
                  given(0.5))], (0.4, 0.15)),
    "3-D, dirichlet, varying dirichlet; reflecting; periodic": Grid(
        (7, 4, 8),
        [(given(1), VaryingSide("y*cos(z)", lambda x, y, z: y*np.cos(z))),
         (REFLECTING, REFLECTING), (PERIODIC, PERIODIC)], (0.2, 0.3, 0.25)),
}
SLOPES = {
    "1-D, neumann": line(12, sloping(0.5), sloping(-1)),
    "1-D, robin": line(12, leaking(1, 0.5, 2), leaking(3, 1, -0.5)),
    "2-D, dirichlet; neumann, reflecting": Grid(
        (7, 8), [(given(1), given(0)), (sloping(0.5), REFLECTING)], (0.2, 0.3)),
}


def grids(finest, count):
    result = [finest]
    while len(result) < count:
        result.append(result[-1].coarser())
    return result


CLOSED = {
    "1-D, reflecting": line(16, REFLECTING, REFLECTING),
    "1-D, periodic": line(16, PERIODIC, PERIODIC),
    "2-D, reflecting": Grid((8, 8), [(REFLECTING,)*2]*2, (1.0, 0.8)),
    "2-D, periodic; reflecting": Grid(
        (8, 12), [(PERIODIC,)*2, (REFLECTING,)*2], (0.5, 0.75)),
    "3-D, reflecting": Grid((8, 4, 4), [(REFLECTING,)*2]*3, (1.0,)*3),
}


class Multigrid:
    """Cycles for A(u) = b. `equation` makes A on a grid, discretised anew on
    each; errors and residuals have sides without values; `smoother` makes of a
    matrix and a grid the map from b and u to a better u."""

    def __init__(self, equation, finest, smoother, levels, pre, post):
        self.grids = grids(finest, levels)
        self.matrices = [affine(equation(grid.homogeneous()), grid.shape)[0]
                         for grid in self.grids]
        self.sides = affine(equation(finest), finest.shape)[1]
        self.transfers = [grid.restriction() for grid in self.grids[:-1]]
        self.smooth = [smoother(m, grid)
                       for m, grid in zip(self.matrices, self.grids)]
        self.pre, self.post = pre, post

    def restricted(self, k, residual):
        return self.transfers[k] @ residual

    def prolonged(self, k, error):
        return 2**self.grids[k].rank*self.transfers[k].T @ error

    def smoothed(self, k, count, b, u):
        for _ in range(count):
            u = self.smooth[k](b, u)
        return u

    def solved(self, k, b):
        return np.linalg.solve(self.matrices[k], b)

    def corrected(self, k, b, u, coarse):
        """One cycle on level k; `coarse` solves M e = r on level k + 1."""
        if k == len(self.grids) - 1:
            return self.solved(k, b)
        u = self.smoothed(k, self.pre, b, u)
        r = self.restricted(k, b - self.matrices[k] @ u)
        u = u + self.prolonged(k, coarse(k + 1, r))
        return self.smoothed(k, self.post, b, u)

    def mu_cycle(self, gamma, k, b, u):
        """V for gamma = 1, W for gamma = 2."""
        def coarse(k, r):
            e = 0*r
            for _ in range(gamma):
                e = self.mu_cycle(gamma, k, r, e)
            return e
        return self.corrected(k, b, u, coarse)

    def f_cycle(self, k, b, u):
        """An F-cycle on the coarser grid, then a V-cycle."""
        return self.corrected(k, b, u, lambda k, r: self.mu_cycle(
            1, k, r, self.f_cycle(k, r, 0*r)))

    def full(self, k, b):
        """From the coarsest grid upwards: interpolate, then one V-cycle."""
        if k == len(self.grids) - 1:
            return self.solved(k, b)
        u = self.prolonged(k, self.full(k + 1, self.restricted(k, b)))
        return self.mu_cycle(1, k, b, u)

    # -- on the finest grid ----------------------------------------------------

    def v(self, b, u):
        return self.of(b, lambda c: self.mu_cycle(1, 0, c, u.ravel()))

    def w(self, b, u):
        return self.of(b, lambda c: self.mu_cycle(2, 0, c, u.ravel()))

    def f(self, b, u):
        return self.of(b, lambda c: self.f_cycle(0, c, u.ravel()))

    def fmg(self, b, u):
        """Applied to what u still lacks."""
        return self.of(b, lambda c: u.ravel() + self.full(
            0, c - self.matrices[0] @ u.ravel()))

    def of(self, b, cycle):
        return cycle(b.ravel() - self.sides).reshape(self.grids[0].shape)


class SingularMultigrid(Multigrid):
    """Where A gives no constants and does not see them: of the solutions on the
    coarsest grid any will do, for a cycle keeps the mean of its start."""

    def solved(self, k, b):
        return np.linalg.pinv(self.matrices[k]) @ b
