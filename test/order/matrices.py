"""Operators as NumPy computes them: fields are continued by padding."""

import numpy as np

PADDING = {"reflecting": "symmetric", "periodic": "wrap",
           "dirichlet 0": "constant", "neumann 0": "symmetric"}


def padded(u, rules, width):
    for axis, rule in enumerate(rules):
        pads = [(0, 0)] * u.ndim
        pads[axis] = (width, width)
        u = np.pad(u, pads, mode=PADDING[rule])
    return u


def correlated(u, rules, weights, first):
    """The sum of weights[m]*u[i + first + m], u continued by its rules."""
    width = max(max(abs(f), abs(f + n - 1))
                for f, n in zip(first, weights.shape))
    wide = padded(u, rules, width)
    result = np.zeros(u.shape)
    for place in np.ndindex(weights.shape):
        where = tuple(slice(width + f + p, width + f + p + n)
                      for f, p, n in zip(first, place, u.shape))
        result += weights[place] * wide[where]
    return result


def matrix(function, sizes):
    """The columns are what the function makes of unit vectors."""
    units = np.eye(int(np.prod(sizes)))
    return np.array([function(unit.reshape(sizes)).ravel()
                     for unit in units]).T
