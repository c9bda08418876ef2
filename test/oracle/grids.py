"""Grids and their operators as docs/language.md defines them: positions,
spacings, differences, adjoints, transfers; in arrays and dense matrices."""

import os
import sys

import numpy as np

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, os.pardir, "order"))
from matrices import matrix  # noqa: E402
from sides import Side, continued  # noqa: E402

AXES = "xyz"
REFLECTING, PERIODIC = Side("reflecting"), Side("periodic")


def offset(side):
    """How many spacings the last cell is from the end."""
    return {"dirichlet": 1, "periodic": 0}.get(side.kind, 0.5)


class Grid:
    """`sides` are pairs, low and high, one an axis."""

    def __init__(self, shape, sides, spacings, origin=None):
        self.shape, self.sides, self.spacings = shape, sides, spacings
        self.origin = origin or (0.0,)*len(shape)
        # Positions depend on the kinds of the sides only.
        self.sides = [tuple(side.along(axis, self) for side in pair)
                      for axis, pair in enumerate(sides)]

    @property
    def rank(self):
        return len(self.shape)

    def text(self):
        """The declaration, with the extent that the spacings make."""
        parts, extents = [], []
        for axis, (low, high) in enumerate(self.sides):
            name = AXES[axis] + " " if self.rank > 1 else ""
            if low.kind == "periodic":
                parts.append((name + "periodic").strip())
            else:
                parts += ["%slow %s" % (name, low.text),
                          "%shigh %s" % (name, high.text)]
            extents.append("[%r, %r]" % self.extent(axis))
        both = ", ".join(extents)
        return "grid X : %dd, boundary %s, extent %s\n" % (
            self.rank, ", ".join(parts),
            both if self.rank == 1 else "[%s]" % both)

    def extent(self, axis):
        low, high = self.sides[axis]
        lengths = self.shape[axis]
        if low.kind != "periodic":
            lengths += offset(low) + offset(high) - 1
        start = self.origin[axis]
        return start, start + lengths*self.spacings[axis]

    def coordinates(self):
        lines = [start + (np.arange(n) + offset(low))*h
                 for start, n, (low, _), h in zip(
                     self.origin, self.shape, self.sides, self.spacings)]
        return np.meshgrid(*lines, indexing="ij")

    def homogeneous(self):
        return Grid(self.shape, [tuple(side.homogeneous() for side in pair)
                                 for pair in self.sides],
                    self.spacings, self.origin)

    # -- differences -----------------------------------------------------------

    def at(self, u, axis, k):
        """u[i + k]."""
        width = abs(k)
        wide = continued(u, axis, self.sides[axis], width,
                         self.spacings[axis])
        n = self.shape[axis]
        return np.take(wide, np.arange(width + k, width + k + n), axis)

    def forward(self, u, axis=0):
        return (self.at(u, axis, 1) - u)/self.spacings[axis]

    def backward(self, u, axis=0):
        return (u - self.at(u, axis, -1))/self.spacings[axis]

    def central(self, u, axis=0):
        return (self.at(u, axis, 1) - self.at(u, axis, -1))/(
            2*self.spacings[axis])

    def d2(self, u, axis=0):
        return (self.at(u, axis, 1) - 2*u + self.at(u, axis, -1))/(
            self.spacings[axis]**2)

    def laplace(self, u):
        return sum(self.d2(u, axis) for axis in range(self.rank))

    def faces(self, u, axis=0):
        """forward(u), with the row that belongs to the face at a low dirichlet
        side."""
        wide = continued(u, axis, self.sides[axis], 1, self.spacings[axis])
        rows = np.diff(wide, axis=axis)/self.spacings[axis]
        if self.sides[axis][0].is_vertex:
            return rows
        return np.take(rows, np.arange(1, self.shape[axis] + 1), axis)

    def divergence(self, p, axis=0):
        """Minus the transpose of the linear part of `faces`."""
        line = Grid(self.shape[axis:axis + 1],
                    [tuple(s.homogeneous() for s in self.sides[axis])],
                    self.spacings[axis:axis + 1])
        transposed = matrix(line.faces, line.shape).T
        return -np.moveaxis(np.tensordot(transposed, p, (1, axis)), 0, axis)

    def diffused(self, u, flux):
        """The sum of the divergences of flux(difference) along the axes."""
        return sum(self.divergence(flux(self.faces(u, axis)), axis)
                   for axis in range(self.rank))

    # -- transfers -------------------------------------------------------------

    def coarser(self):
        shape = tuple((n - 1)//2 if pair[0].is_vertex else n//2
                      for n, pair in zip(self.shape, self.sides))
        return Grid(shape, self.sides, tuple(2*h for h in self.spacings),
                    self.origin)

    def restriction(self):
        """The matrix of full weighting: around the vertices that the coarser
        grid keeps, or over the two cells that one of it replaces."""
        result = np.eye(1)
        for n, (low, _) in zip(self.shape, self.sides):
            if low.is_vertex:
                weights, first, rows = [0.25, 0.5, 0.25], 0, (n - 1)//2
            elif low.kind == "periodic":
                weights, first, rows = [0.25, 0.5, 0.25], -1, n//2
            else:
                weights, first, rows = [0.5, 0.5], 0, n//2
            line = np.zeros((rows, n))
            for row in range(rows):
                for k, weight in enumerate(weights):
                    line[row, (2*row + first + k) % n] += weight
            result = np.kron(result, line)
        return result

    def restrict(self, u):
        return (self.restriction() @ u.ravel()).reshape(self.coarser().shape)

    def prolong(self, u):
        """From the coarser grid."""
        return 2**self.rank*(self.restriction().T @ u.ravel()).reshape(
            self.shape)


def affine(function, shape):
    """The matrix and the constant of an affine function of a field."""
    constant = function(np.zeros(shape))
    return matrix(lambda u: function(u) - constant, shape), constant.ravel()
