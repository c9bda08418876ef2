"""Fields beyond several sides at once, as docs/language.md has it: axis by axis,
the first axis first; functions of the coordinates at the side, next to the place
of the read."""

import numpy as np

from sides import Beyond


def positions(grid, axis, width):
    """Of the cells and so many places beyond both ends: around a circle and
    beyond a mirror, those of the cells that are read there."""
    line = np.moveaxis(grid.coordinates()[axis], axis, 0)
    line = line.reshape(len(line), -1)[:, 0]
    low, high = grid.sides[axis]
    h = grid.spacings[axis]

    def beyond(cells, rule, outwards):
        if rule.kind in ("periodic", "reflecting"):
            return [getattr(Beyond, rule.kind)(cells, d, h)
                    for d in range(1, width + 1)]
        return [cells[0] + outwards*d*h for d in range(1, width + 1)]

    return np.concatenate([beyond(line, low, -1)[::-1], line,
                           beyond(line[::-1], high, 1)])


def places(grid, width):
    return np.meshgrid(*(positions(grid, axis, width)
                         for axis in range(grid.rank)), indexing="ij")


def widened(u, grid, width, values=None):
    """u with so many values more at all ends. `values` maps (axis, end) to a
    function of all coordinates, for dirichlet sides whose number does not
    tell; end is 0 or 1."""
    values = values or {}
    everywhere = places(grid, width)
    inside = [slice(width, width + n) for n in grid.shape]
    for axis in range(grid.rank):
        inside[axis] = slice(None)
        coordinates = [np.moveaxis(c[tuple(inside)], axis, 0)
                       for c in everywhere]
        u = extended(np.moveaxis(u, axis, 0), grid, axis, width, coordinates,
                     values)
        u = np.moveaxis(u, 0, axis)
    return u


def extended(u, grid, axis, width, coordinates, values):
    h = grid.spacings[axis]
    rows = {}
    for end, rule in enumerate(grid.sides[axis]):
        inwards = u[::-1] if end else u
        for d in range(1, width + 1):
            row = width + len(u) - 1 + d if end else width - d
            side = width + len(u) if end else width - 1
            if (axis, end) in values:
                # Further beyond, the value is that at the side.
                rows[row] = values[axis, end](*(c[side] for c in coordinates))
            else:
                rows[row] = getattr(Beyond, rule.kind)(inwards, d, h,
                                                       *rule.numbers)
    for row, value in enumerate(u):
        rows[width + row] = value
    return np.stack([rows[row] for row in range(len(rows))])


def stencil(wide, weights, width):
    """Centred: the sum of weights[m]*wide at that offset."""
    shape = [n - 2*width for n in wide.shape]
    reach = [n//2 for n in weights.shape]
    result = np.zeros(shape)
    for place in np.ndindex(weights.shape):
        where = tuple(slice(width + p - r, width + p - r + n)
                      for p, r, n in zip(place, reach, shape))
        result = result + weights[place]*wide[where]
    return result
