"""Smoothers of dense systems M u = b."""

import numpy as np


def jacobi(m, b, omega, u):
    return u + omega*(b - m @ u)/np.diag(m)


def colour(grid, reach=1, is_cross=True):
    """Numbers of cells that differ up to `reach` cells away along each axis, in
    lines alone or everywhere: 0 to reach again and again, and at the end of a
    circle that this does not fit further ones. A chessboard for reach 1."""
    lines, counts = [], []
    for n, (low, _) in zip(grid.shape, grid.sides):
        line = np.arange(n) % (reach + 1)
        rest = n % (reach + 1) if low.kind == "periodic" else 0
        line[n - rest:] = reach + 1 + np.arange(rest)
        lines.append(line)
        counts.append(reach + 1 + rest)
    lines = np.meshgrid(*lines, indexing="ij")
    if is_cross:
        return sum(lines) % max(counts)
    return sum(line*int(np.prod(counts[:axis]))
               for axis, line in enumerate(lines))


def coloured_cells(grid, *colouring):
    """The order of Gauss-Seidel's iteration: colour 0 first."""
    return np.argsort(colour(grid, *colouring).ravel(), kind="stable")


def gauss_seidel(m, b, cells, u):
    """Cell by cell, in the order given."""
    u = u.copy()
    for cell in cells:
        u[cell] += (b[cell] - m[cell] @ u)/m[cell, cell]
    return u
