#!/usr/bin/env python3
"""Operators between lists of fields: their sums, written as loops, and the dense
transposes of these.

usage: channels.py path/to/pdec
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from comparison import Comparison, Workshop
from grids import AXES, Grid
from problems import GRIDS, OPEN, field
from sides import continued

# Results and arguments of K, and its taps along each axis.
SHAPES = [(2, 3, (3, 5, 1)), (3, 1, (2, 3, 2)), (1, 2, (5, 2, 3)),
          (9, 2, (4, 1, 2))]


class Channels:
    """K between lists on a grid, from the definition: each field is continued
    by the rules of the grid, one axis after the other."""

    def __init__(self, grid, weights):
        self.grid, self.weights = grid, weights
        self.taps = weights.shape[2:]
        self.first = [-(n//2) if n % 2 else 0 for n in self.taps]
        # At dirichlet sides a row lives at the centre of its taps, and exists
        # if that is inside: beyond the last node by less than a spacing.
        self.low, self.high = [], []
        for first, n, (low, high) in zip(self.first, self.taps, grid.sides):
            middle = first + (n - 1)/2
            self.low.append(int(np.ceil(max(middle, 0)))
                            if low.is_vertex else 0)
            self.high.append(int(np.ceil(max(-middle, 0)))
                             if high.is_vertex else 0)

    def __call__(self, fields):
        # From the outermost row of a result on.
        width = max(max(-first, first + n - 1) + max(low, high)
                    for first, n, low, high in zip(self.first, self.taps,
                                                   self.low, self.high))
        wide = []
        for u in fields:
            for axis, (sides, h) in enumerate(zip(self.grid.sides,
                                                  self.grid.spacings)):
                u = continued(u, axis, sides, width, h)
            wide.append(u)
        shape = [low + n + high for low, n, high in zip(
            self.low, self.grid.shape, self.high)]
        made = np.zeros((len(self.weights), *shape))
        for o, i in np.ndindex(self.weights.shape[:2]):
            for tap in np.ndindex(self.taps):
                part = tuple(
                    slice(width - low + first + m, width - low + first + m + n)
                    for low, first, m, n in zip(self.low, self.first, tap,
                                                shape))
                made[o] += self.weights[(o, i) + tap]*wide[i][part]
        return made

    def cells(self, results):
        """Without the rows on faces."""
        part = tuple(slice(low, low + n)
                     for low, n in zip(self.low, self.grid.shape))
        return [result[part] for result in results]

    def transpose(self, results):
        """The dense transpose of the linear part."""
        linear = Channels(self.grid.homogeneous(), self.weights)
        count = self.weights.shape[1]
        made = np.zeros((count, *self.grid.shape))
        for place in np.ndindex(made.shape):
            unit = np.zeros_like(made)
            unit[place] = 1
            made[place] = np.sum(linear(unit)*results)
        return made


def nested(array):
    return repr(array.tolist())


def written(count):
    return "[%s]" % ", ".join("u%d" % i for i in range(count))


def check_grid(workshop, title, grid):
    numbers = np.random.default_rng(len(title))
    fields = {"u%d" % i: field(numbers, grid) for i in range(3)}
    script = Comparison(workshop, title, grid, fields)
    for number, (outs, ins, taps) in enumerate(SHAPES):
        # The second of two blocks.
        blocks = np.round(numbers.standard_normal(
            (2, outs, ins, *taps[:grid.rank])), 3)
        name = "W%d" % number
        script.script += "param %s : real%s = %s\n" % (
            name, list(blocks.shape), nested(blocks))
        script.script += "let K%d = stencil(X, %s[1])\n" % (number, name)
        k = Channels(grid, blocks[1])
        results = k([fields["u%d" % i] for i in range(ins)])
        given = written(ins)
        what = "%s of %s" % (taps[:grid.rank], given)
        made = "K%d(%s)" % (number, given)
        parts = (["(%s)[%d] + 0*u0" % (made, o) for o in range(outs)]
                 if outs > 1 else [made + " + 0*u0"])
        for o, cells in enumerate(k.cells(results)):
            script.value("%s, result %d" % (what, o), parts[o], cells)
        back = k.transpose(np.sin(results))
        script.value("%s and back" % what, "K%d'(sin(%s))" % (number, made),
                     *back)
    script.run()


def check_axis(workshop, title, grid):
    """Along one axis of several."""
    numbers = np.random.default_rng(4)
    fields = {"u%d" % i: field(numbers, grid) for i in range(2)}
    script = Comparison(workshop, title, grid, fields)
    for axis in range(grid.rank):
        weights = np.round(numbers.standard_normal((2, 2, 3)), 3)
        name = "W%d" % axis
        script.script += "param %s : real[2, 2, 3] = %s\n" % (name,
                                                              nested(weights))
        shape = [2, 2] + [1]*grid.rank
        shape[2 + axis] = 3
        k = Channels(grid, weights.reshape(shape))
        script.value("along " + AXES[axis],
                     "stencil(%s, %s)([u0, u1])" % (AXES[axis], name),
                     *k.cells(k(list(fields.values()))))
    script.run()


def main():
    workshop = Workshop(sys.argv[1])
    # The values of sides are numbers: where they vary, corners are others'.
    grids = {title: grid for title, grid in {**GRIDS, **OPEN}.items()
             if "varying" not in title and "all around" not in title}
    around, along, across = (GRIDS["1-D, " + name].sides[0] for name in (
        "periodic", "dirichlet and neumann", "neumann and dirichlet"))
    grids["3-D"] = Grid((4, 5, 9), [around, along, across], (0.2, 0.3, 0.25))
    for title, grid in grids.items():
        check_grid(workshop, title, grid)
        if grid.rank > 1:
            check_axis(workshop, title, grid)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
