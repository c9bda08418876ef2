"""Smoothers of dense systems M u = b."""

import numpy as np


def jacobi(m, b, omega, u):
    return u + omega*(b - m @ u)/np.diag(m)


def colours(shape):
    """The cells whose numbers have an odd sum, then the others."""
    odd = np.indices(shape).sum(axis=0).ravel() % 2 == 1
    return np.concatenate([np.flatnonzero(odd), np.flatnonzero(~odd)])


def gauss_seidel(m, b, cells, u):
    """Cell by cell, in the order given."""
    u = u.copy()
    for cell in cells:
        u[cell] += (b[cell] - m[cell] @ u)/m[cell, cell]
    return u
