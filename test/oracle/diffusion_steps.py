"""Steps of u_t = -sum of K'(Phi(K u + k)) in dense matrices: operators with
their boundary rows, fluxes, and schemes as the literature has them."""

import math

import numpy as np

from extrapolated_steps import fsi, rkl1, rkl2
from grids import Grid, affine
from sides import continued

# -- operators -----------------------------------------------------------------


class Stencil:
    """Weights on consecutive cells along one axis, or on a block of cells. The
    rows are those that docs/language.md names: one more for each face at a
    dirichlet side."""

    def __init__(self, weights, first, axis=None):
        self.weights = np.asarray(weights, float)
        self.first, self.axis = np.atleast_1d(first), axis

    def offsets(self, grid):
        """Of each axis, from the first to the last that is read."""
        if self.axis is None:
            return [(f, f + n - 1)
                    for f, n in zip(self.first, self.weights.shape)]
        reach = [(0, 0)]*grid.rank
        reach[self.axis] = (self.first[0],
                            self.first[0] + len(self.weights) - 1)
        return reach

    def fits(self, grid):
        """Whether it reaches no farther than the grid is long."""
        return all(max(-first, last) <= n for (first, last), n in
                   zip(self.offsets(grid), grid.shape))

    def rows(self, grid):
        """Of each axis, how many more than cells at both ends."""
        more = []
        for (low, high), (first, last) in zip(grid.sides, self.offsets(grid)):
            centre = (first + last)/2
            more.append((max(0, math.ceil(centre)) if low.is_vertex else 0,
                         max(0, math.ceil(-centre)) if high.is_vertex else 0))
        return more

    def on(self, grid, rows=None):
        """The matrix, and what it gives for zero."""
        rows = rows or self.rows(grid)
        reach = self.offsets(grid)
        width = 3 + max(max(abs(a), abs(b)) for a, b in reach)
        block = self.weights
        if self.axis is not None:
            shape = [1]*grid.rank
            shape[self.axis] = len(block)
            block = block.reshape(shape)

        def applied(u):
            for axis, (pair, h) in enumerate(zip(grid.sides, grid.spacings)):
                u = wide(u, axis, pair, width, h)
            result = 0
            for place in np.ndindex(block.shape):
                where = tuple(
                    slice(width - more[0] + first + p,
                          width + n + more[1] + first + p)
                    for p, (first, _), n, more in zip(place, reach, grid.shape,
                                                      rows))
                result = result + block[place]*u[where]
            return result
        return affine(applied, grid.shape)


def wide(u, axis, sides, width, h):
    """More values than there are cells: around a circle several times."""
    if sides[0].kind != "periodic":
        few = min(width, u.shape[axis])
        u = continued(u, axis, sides, few, h)
        # Nothing here reaches farther beyond a side than the grid is long.
        return np.pad(u, [(width - few,)*2 if a == axis else (0, 0)
                          for a in range(u.ndim)], constant_values=np.nan)
    return np.pad(u, [(width,)*2 if a == axis else (0, 0)
                      for a in range(u.ndim)], mode="wrap")


def forward(axis, h=1.0):
    return Stencil([-1/h, 1/h], 0, axis)


def backward(axis, h=1.0):
    return Stencil([-1/h, 1/h], -1, axis)


def central(axis, h=1.0):
    return Stencil([-0.5/h, 0, 0.5/h], -1, axis)


def d2(axis, h=1.0):
    return Stencil([1/h**2, -2/h**2, 1/h**2], -1, axis)


def norm_squared(matrix):
    """Of what reads farther beyond a side than the grid is long: infinite."""
    if np.isnan(matrix).any():
        return np.inf
    return np.linalg.norm(matrix, 2)**2


def gradient(grid):
    """The matrices of all components, in the rows that all of them have."""
    parts = [forward(axis, h) for axis, h in enumerate(grid.spacings)]
    rows = [(max(part.rows(grid)[axis][0] for part in parts), 0)
            for axis in range(grid.rank)]
    return [part.on(grid, rows) for part in parts]


DIFFERENCES = {"forward": forward, "backward": backward, "central": central,
               "d2": d2}


def differences(name, sides, size):
    """The matrices K of a rate -sum K'Phi(K u) with spacing 1: of a difference
    on so many cells, or, for "grad", of a gradient on size x 3."""
    if name == "grad":
        return gradient(Grid((size, 3), [sides]*2, (1.0, 1.0)))
    return [DIFFERENCES[name](0).on(Grid((size,), [sides], (1.0,)))]


# -- rates ---------------------------------------------------------------------
#
# Of a field, or of the columns of an array, each a field.


def beside(constants, u):
    """Constants for each cell, to be added to what is made of u."""
    return constants if u.ndim == 1 else constants[:, None]


class Rate:
    """R(u) of diffusions: the sum of -K'(g*(K u + k)), where g is a function of
    that difference; or, coupled, of the length of all of them."""

    def __init__(self, operators, diffusivity, coupled=False, factor=1.0):
        self.operators, self.g = operators, diffusivity
        self.coupled, self.factor = coupled, factor

    def differences(self, u):
        """And their diffusivities."""
        differences = [k @ u + beside(b, u) for k, b in self.operators]
        if self.coupled:
            length = np.sqrt(sum(p*p for p in differences))
            gs = [self.g(length)]*len(differences)
        else:
            gs = [self.g(p) for p in differences]
        return differences, [self.factor*g for g in gs]

    def hold(self, u):
        """R with g that of u."""
        return HeldRate(self.operators, self.differences(u)[1])

    def __call__(self, u):
        return -sum(k.T @ (g*p)
                    for (k, _), p, g in zip(self.operators,
                                            *self.differences(u)))

    def terms(self, u):
        return self.hold(u).terms(u)


class HeldRate:
    """The sum of -K'(g*(K v + k)) for given g."""

    def __init__(self, operators, gs):
        self.parts = [(k, b, g) for (k, b), g in zip(operators, gs)]
        self.matrix = -sum((k.T*g) @ k for k, b, g in self.parts)
        self.constant = -sum(k.T @ (g*b) for k, b, g in self.parts)

    def __call__(self, v):
        return self.matrix @ v + beside(self.constant, v)

    def terms(self, v):
        """The sums of the magnitudes of all that is added up."""
        v = abs(v)
        return sum(abs(k).T @ (abs(g)*(abs(k) @ v + abs(b)))
                   for k, b, g in self.parts)


class LinearRate:
    """R(u) = S u + s: the Laplacian."""

    def __init__(self, matrix, constant):
        self.matrix, self.constant = matrix, constant

    def hold(self, u):
        return self

    def __call__(self, u):
        return self.matrix @ u + beside(self.constant, u)

    def terms(self, u):
        return abs(self.matrix) @ abs(u) + abs(self.constant)


# -- schemes -------------------------------------------------------------------
#
# Of R and of F, which is R with what is frozen held at the start of the step.


def explicit(rate, tau, u):
    return u + tau*rate(u)


def heun(rate, tau, u):
    k = rate(u)
    return u + tau/2*(k + rate(u + tau*k))


def ssprk3(rate, tau, u):
    v = u + tau*rate(u)
    w = 3/4*u + (v + tau*rate(v))/4
    return u/3 + 2/3*(w + tau*rate(w))


def rk4(rate, tau, u):
    k1 = rate(u)
    k2 = rate(u + tau/2*k1)
    k3 = rate(u + tau/2*k2)
    k4 = rate(u + tau*k3)
    return u + tau/6*(k1 + 2*k2 + 2*k3 + k4)


def fed(rate, tau, u, cycle):
    # In the order of the multiples of the golden section.
    places = (np.arange(cycle) + 0.5)*(math.sqrt(5) - 1)/2 % 1
    order = np.argsort(np.argsort(places))
    angles = (2*order + 1)*np.pi/(4*cycle + 2)
    for part in tau/(2*np.cos(angles)**2):
        u = u + part*rate(u)
    return u


EXPLICIT = {"explicit": explicit, "heun": heun, "ssprk3": ssprk3, "rk4": rk4}
CYCLES = {"fsi": fsi, "fed": fed, "rkl1": rkl1, "rkl2": rkl2}
# Which hold what is frozen over a step.
HOLDING = ("fsi", "fed", "rkl1")


def implicit(rate, tau, u, known=None):
    """v = u + tau*R(v) by Newton's method with slopes from differences; None if
    it does not converge."""
    known = u if known is None else known
    v = u

    def residual(w):
        return w - tau*rate(w) - beside(known, w)
    for _ in range(60):
        r = residual(v)
        size = np.linalg.norm(r)
        if size <= 1e-14*max(1e-300, np.linalg.norm(known)):
            return v
        h = 1e-6*max(1e-12, np.max(np.abs(v)))
        changes, column = h*np.eye(len(v)), v[:, None]
        slopes = (residual(column + changes) -
                  residual(column - changes))/(2*h)
        step = np.linalg.lstsq(slopes, -r, rcond=None)[0]
        scale = 1.0
        while scale > 1e-9 and np.linalg.norm(
                residual(v + scale*step)) >= size:
            scale /= 2
        if scale <= 1e-9:
            break
        v = v + scale*step
    return v if size <= 1e-12*np.linalg.norm(known) else None


def crank_nicolson(rate, tau, u):
    return implicit(rate, tau/2, u, u + tau/2*rate(u))


# -- two levels ----------------------------------------------------------------


def roots(traces, determinants):
    """The largest magnitude of the roots of z^2 - T z + D."""
    discriminants = np.sqrt(traces**2 - 4*determinants + 0j)
    return max(np.max(np.abs((traces + sign*discriminants)/2))
               for sign in (1, -1))


def leapfrog_roots(eigenvalues, tau):
    return roots(2 + tau**2*eigenvalues, 1 + 0*eigenvalues)


def dufort_frankel_roots(eigenvalues, tau, alpha):
    a = 4*tau*alpha/(1 + 2*tau*alpha)
    return roots(a*(1 + eigenvalues/(2*alpha)), a - 1 + 0*eigenvalues)


# -- fluxes of the library -----------------------------------------------------


def weickert(s):
    with np.errstate(divide="ignore", over="ignore"):
        return 1 - np.exp(-3.31488/s**8)


def fab(s):
    b = math.log(2)/3
    return 2*np.exp(-4*b*s*s) - np.exp(-b*s*s)


# The diffusivities for the contrast 1, as functions of s; of all but FAB's the
# largest value is 1, and none is negative.
DIFFUSIVITIES = {
    "linear": lambda s: 1 + 0*s,
    "charbonnier": lambda s: 1/np.sqrt(1 + s*s),
    "perona_malik": lambda s: np.exp(-s*s/2),
    "perona_malik_rational": lambda s: 1/(1 + s*s),
    "weickert": weickert,
    "tv": lambda s: 1/np.sqrt(s*s + 1),
    "truncated_tv": lambda s: 1/np.maximum(np.abs(s), 1),
    "truncated_bfb": lambda s: 1/np.maximum(s*s, 1),
}
