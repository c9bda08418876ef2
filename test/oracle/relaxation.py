"""Smoothers of dense systems M u = b."""

import numpy as np


def jacobi(m, b, omega, u):
    return u + omega*(b - m @ u)/np.diag(m)


def colour(grid):
    """The chessboard's, 0 where the sum of a cell's numbers is even. Around an
    odd circle the last cell has neighbours of both colours, and a third."""
    lines, count = [], 2
    for n, (low, _) in zip(grid.shape, grid.sides):
        line = np.arange(n) % 2
        if low.kind == "periodic" and n % 2 == 1 and n > 1:
            line[-1], count = 2, 3
        lines.append(line)
    return sum(np.meshgrid(*lines, indexing="ij")) % count


def coloured_cells(grid):
    """The order of Gauss-Seidel's iteration: colour 0 first."""
    return np.argsort(colour(grid).ravel(), kind="stable")


def gauss_seidel(m, b, cells, u):
    """Cell by cell, in the order given."""
    u = u.copy()
    for cell in cells:
        u[cell] += (b[cell] - m[cell] @ u)/m[cell, cell]
    return u
