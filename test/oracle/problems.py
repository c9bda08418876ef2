"""Equations u_t = R(u) and A(u) = b as a script and as NumPy have them, on
grids of one to three dimensions with sides of all kinds and unequal
spacings."""

import numpy as np

from grids import Grid, PERIODIC, REFLECTING
from sides import Side, VaryingSide


def given(value):
    return Side("dirichlet", float(value))


def sloping(value):
    return Side("neumann", float(value))


def leaking(a, b, value):
    return Side("robin", float(a), float(b), float(value))


def line(size, low, high, spacing=0.125):
    return Grid((size,), [(low, high)], (spacing,))


# Odd and even sizes; each kind of side meets each other kind along some axis.
GRIDS = {
    "1-D, reflecting": line(12, REFLECTING, REFLECTING, 0.25),
    "1-D, periodic": line(11, PERIODIC, PERIODIC, 0.3),
    "1-D, dirichlet and neumann": line(13, given(1.5), sloping(-0.75)),
    "1-D, neumann and dirichlet": line(10, sloping(0.5), given(-1), 0.2),
    "1-D, robin": line(12, leaking(1, 0.5, 2), leaking(3, 1, -0.5), 0.2),
    "2-D, robin, neumann; dirichlet, robin": Grid(
        (6, 7), [(leaking(2, 1, 0.25), sloping(0.5)),
                 (given(-0.5), leaking(1, 0.25, 1))], (0.3, 0.2)),
    "2-D, periodic; varying dirichlet, reflecting": Grid(
        (8, 7), [(PERIODIC, PERIODIC),
                 (VaryingSide("sin(x) + 1", lambda x, y: np.sin(x) + 1),
                  REFLECTING)], (0.4, 0.15)),
    "2-D, dirichlet all around": Grid(
        (7, 9), [(given(1), VaryingSide("y^2", lambda x, y: y**2)),
                 (VaryingSide("1 - x", lambda x, y: 1 - x), given(0.5))],
        (0.1, 0.25), (0.5, -1.0)),
    "3-D, varying dirichlet, neumann; reflecting; periodic": Grid(
        (5, 4, 7),
        [(VaryingSide("y*cos(z)", lambda x, y, z: y*np.cos(z)), sloping(0.25)),
         (REFLECTING, REFLECTING), (PERIODIC, PERIODIC)], (0.2, 0.3, 0.25)),
}
# Where lines go on, the Laplacian is not symmetric.
EXTRAPOLATED = Side("extrapolated")
OPEN = {
    "1-D, extrapolated": line(9, EXTRAPOLATED, EXTRAPOLATED, 0.3),
    "2-D, dirichlet, extrapolated; robin, extrapolated": Grid(
        (6, 5), [(given(0.5), EXTRAPOLATED),
                 (leaking(1, 0.5, -0.25), EXTRAPOLATED)], (0.2, 0.3)),
}


def largest_eigenvalue(grid):
    """Of -laplace, a bound."""
    return sum(4/h**2 for h in grid.spacings)


def logistic(grid):
    """Nonlinear, and defined at sides of every kind: diffusion, transport along
    the first axis, growth."""
    def rate(u):
        return grid.laplace(u) - 2*grid.central(u, 0) + 3*u*(1 - u**2)
    return rate


LOGISTIC = "fun R(u) = laplace(u) - 2*central(x)(u) + 3*u*(1 - u^2)\n"


def affine_rate(grid):
    """Linear but for what the sides add."""
    return lambda u: grid.laplace(u) - 0.5*u + 1


AFFINE = "fun L(u) = laplace(u) - 0.5*u + 1\n"


def edge_stopping(p):
    """A diffusivity."""
    return 1/(1 + p**2)


def held(grid):
    """R and, for a field, the R in which the diffusivity is held."""
    def diffused(u, at):
        return sum(grid.divergence(
            edge_stopping(grid.faces(at, axis))*grid.faces(u, axis), axis)
                   for axis in range(grid.rank))
    return (lambda u: diffused(u, u)), (lambda at: lambda u: diffused(u, at))


def held_text(grid):
    """Sums of one-sided differences and their adjoints, axis by axis."""
    lets = "".join("  let p%s = forward(%s)(u)\n" % (a, a)
                   for a in "xyz"[:grid.rank])
    terms = " ".join("- forward(%s)'(freeze(1/(1 + p%s^2))*p%s)" % (a, a, a)
                     for a in "xyz"[:grid.rank])
    return "fun H(u) = {\n%s  return %s\n}\n" % (lets, terms)


# A reaction of two substances.
SYSTEM = """fun S(u, v) = [laplace(u) - u*v^2 + 0.5*(1 - u),
                         0.5*laplace(v) + u*v^2 - 0.75*v + central(x)(u)]
"""


def system(grid):
    def rate(pair):
        u, v = pair
        return np.array([
            grid.laplace(u) - u*v**2 + 0.5*(1 - u),
            0.5*grid.laplace(v) + u*v**2 - 0.75*v + grid.central(u, 0)])
    return rate


def field(numbers, grid):
    """Between 0 and 1, so that nonlinear rates stay moderate; of few digits."""
    return np.round(numbers.random(grid.shape)*256)/256


def repeated(step, count, u):
    for _ in range(count):
        u = step(u)
    return u
