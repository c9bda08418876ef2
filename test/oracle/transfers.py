#!/usr/bin/env python3
"""Fields from a coarser grid: linear interpolation between vertices, those on
the sides included, and constants over cells.

usage: transfers.py path/to/pdec
"""

import itertools
import sys

import numpy as np

sys.dont_write_bytecode = True
from comparison import Comparison, Workshop
from grids import Grid, offset, PERIODIC, REFLECTING
from problems import field, given, line, sloping
from sides import VaryingSide

CURVED = VaryingSide("cos(2*y) + 1", lambda x, y: np.cos(2*y) + 1)
ACROSS = VaryingSide("x^2 - 3", lambda x, y: x**2 - 3)
IN_SPACE = VaryingSide("y*z + 1", lambda x, y, z: y*z + 1)
BELOW = VaryingSide("x + sin(z)", lambda x, y, z: x + np.sin(z))
GRIDS = {
    "line": line(7, given(2), given(-1)),
    "one cell is left": line(3, given(2), given(-1)),
    "zero and a value": line(9, given(0), given(3)),
    "no values": line(7, given(0), given(0)),
    "cells": line(8, REFLECTING, sloping(2)),
    "all around": Grid((7, 5), [(CURVED, given(2)), (ACROSS, given(-1))],
                       (0.2, 0.3), (0.5, -1.0)),
    "one cell in a plane": Grid((3, 3), [(CURVED, given(2)),
                                         (ACROSS, given(-1))], (0.2, 0.3)),
    "vertices and cells": Grid((7, 6), [(CURVED, given(2)),
                                        (REFLECTING, sloping(1))], (0.2, 0.3)),
    "a circle and vertices": Grid((6, 5), [(PERIODIC, PERIODIC),
                                           (ACROSS, given(1))], (0.2, 0.3)),
    "space": Grid((3, 5, 7), [(IN_SPACE, given(2)), (BELOW, given(1)),
                              (given(-2), given(0.5))], (0.2, 0.3, 0.25)),
}


def value_on(side, grid, point):
    """Of a dirichlet side at a point of it."""
    if isinstance(side, VaryingSide):
        return side.function(*point)
    return side.numbers[0]


def with_sides(grid, u):
    """u with a vertex more at both ends of each axis that ends in vertices.
    Where sides meet, that of the first axis counts."""
    ends = [pair[0].is_vertex for pair in grid.sides]
    wide = np.zeros([n + 2*end for n, end in zip(u.shape, ends)])
    lines = [start + h*(np.arange(n + 2) + (0 if end else offset(low)))
             for start, h, n, end, (low, _) in zip(
                 grid.origin, grid.spacings, u.shape, ends, grid.sides)]
    for index in itertools.product(*map(range, wide.shape)):
        cell = tuple(i - end for i, end in zip(index, ends))
        outside = [axis for axis, (i, n) in enumerate(zip(cell, u.shape))
                   if not 0 <= i < n]
        if not outside:
            wide[index] = u[cell]
            continue
        axis = outside[0]
        side = grid.sides[axis][cell[axis] >= 0]
        wide[index] = value_on(side, grid, [
            line[i] for line, i in zip(lines, index)])
    return wide


def interpolated(grid, u):
    """On the finer grid."""
    result = with_sides(grid.coarser(), u)
    for axis, ((low, _), n) in enumerate(zip(grid.sides, grid.shape)):
        u = np.moveaxis(result, axis, 0)
        if low.is_vertex:
            fine = np.empty((2*len(u) - 1, *u.shape[1:]))
            fine[::2], fine[1::2] = u, (u[:-1] + u[1:])/2
            fine = fine[1:-1]
        elif low.kind == "periodic":
            fine = np.empty((n, *u.shape[1:]))
            fine[::2], fine[1::2] = u, (u + np.roll(u, -1, 0))/2
        else:
            fine = np.repeat(u, 2, 0)
        result = np.moveaxis(fine, 0, axis)
    return result


def main():
    workshop = Workshop(sys.argv[1])
    numbers = np.random.default_rng(11)
    for title, grid in GRIDS.items():
        u = field(numbers, grid)
        coarse = grid.restrict(u)
        script = Comparison(workshop, title, grid, {"f": u})
        script.value("a state", "prolong(restrict(f))",
                     interpolated(grid, coarse))
        script.value("an error", "prolong(restrict(f, homogeneous = true))",
                     interpolated(grid.homogeneous(), coarse))
        script.value("a rate", "prolong(laplace(restrict(f)))", interpolated(
            grid.homogeneous(), grid.coarser().laplace(coarse)))
        # It is a state again.
        script.value("Laplacian of a state", "laplace(prolong(restrict(f)))",
                     grid.laplace(interpolated(grid, coarse)))
        script.value("linear part",
                     "linear(v -> prolong(restrict(v)))(f)",
                     interpolated(grid.homogeneous(), coarse))
        script.run()
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
