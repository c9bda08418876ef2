"""Operators as NumPy computes them: fields are continued by padding."""

import numpy as np

ROBIN = (1.0, 0.5)  # of robin(1, 0.5, E), on a grid of spacing 1
MIRRORING = ("reflecting", "neumann")


def sides(rule):
    """The rules of both sides: a pair, or one for both."""
    return rule if isinstance(rule, tuple) else (rule, rule)


def beyond(u, rule, d):
    """The d-th value beyond the low side of the first axis, without the part
    that does not depend on u."""
    if rule.startswith("dirichlet"):
        return 0*u[0]
    if rule.startswith(MIRRORING):
        return u[d - 1]
    if rule.startswith("robin"):
        # a*(there + here)/2 + b*(there - here)/(2d - 1) = 0
        a, b = ROBIN[0]/2, ROBIN[1]/(2*d - 1)
        return (b - a)/(b + a)*u[d - 1]
    assert rule == "extrapolated"
    return u[0] + d*(u[0] - u[1])


def padded(u, rules, width):
    for axis, rule in enumerate(rules):
        u = np.moveaxis(u, axis, 0)
        low, high = sides(rule)
        if low == "periodic":
            u = np.pad(u, [(width, width)] + [(0, 0)]*(u.ndim - 1), mode="wrap")
        else:
            more = [[beyond(v, side, d) for d in range(1, width + 1)]
                    for v, side in ((u, low), (u[::-1], high))]
            u = np.array(more[0][::-1] + list(u) + more[1])
        u = np.moveaxis(u, 0, axis)
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
