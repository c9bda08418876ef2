"""Random diffusions on random grids, as scripts and as dense matrices."""

import numpy as np

import diffusion_steps as dense
from diffusion_steps import (
    DIFFUSIVITIES, LinearRate, Rate, Stencil, beside)
from grids import AXES, Grid
from sides import Side

# -- grids ---------------------------------------------------------------------

RULES = [("reflecting",), ("dirichlet", 0.0), ("dirichlet", 1.5),
         ("neumann", 0.0), ("neumann", -0.75), ("robin",), ("extrapolated",)]
LIKELY = [0.34, 0.26, 0.08, 0.1, 0.04, 0.14, 0.04]


def random_side(numbers):
    kind, *given = RULES[numbers.choice(len(RULES), p=LIKELY)]
    if kind == "robin":
        given = [float(n) for n in np.round(numbers.uniform(0.25, 2, 2), 2)]
        given.append(0.0 if numbers.random() < 0.8 else 0.5)
    return Side(kind, *given)


def random_grid(numbers):
    rank = int(numbers.choice([1, 1, 1, 2, 2, 3]))
    pairs = [(Side("periodic"),)*2 if numbers.random() < 0.25 else
             (random_side(numbers), random_side(numbers)) for _ in range(rank)]
    shape = tuple(int(n) for n in numbers.integers(
        2, {1: 13, 2: 6, 3: 4}[rank], rank))
    spacings = tuple(float(numbers.choice([1.0, 0.5, 0.3, 2.0]))
                     for _ in range(rank))
    return Grid(shape, pairs, spacings)


def grid_text(grid):
    size = list(grid.shape) if grid.rank > 1 else grid.shape[0]
    return grid.text().rstrip("\n") + ", size %s\n" % size


# -- fluxes --------------------------------------------------------------------
#
# Expressions are a text and a function of s; even ones are made of q = s^2 and
# abs(s), the former alone where a length is all that is known.


def constant(numbers):
    c = float(np.round(numbers.uniform(0.2, 3), 2))
    return "%r" % c, lambda s: c + 0*s


def random_even(numbers, depth, absolute=True):
    if depth == 0:
        choices = [("q", lambda s: s*s), constant(numbers)]
        if absolute:
            choices.append(("sqrt(q)", np.abs))
        return choices[numbers.integers(len(choices))]
    text, f = random_even(numbers, depth - 1, absolute)
    other, g = random_even(numbers, depth - 1, absolute)
    c, value = constant(numbers)
    return [
        ("exp(-%s*(%s))" % (c, text), lambda s: np.exp(-value(s)*f(s))),
        ("(%s)/(1 + (%s)^2)" % (text, other), lambda s: f(s)/(1 + g(s)**2)),
        ("1/(%s + (%s)^2)" % (c, text), lambda s: 1/(value(s) + f(s)**2)),
        ("tanh(%s)" % text, lambda s: np.tanh(f(s))),
        ("min(%s, %s)" % (text, other), lambda s: np.minimum(f(s), g(s))),
        ("max(%s, %s)" % (text, other), lambda s: np.maximum(f(s), g(s))),
        ("(%s)*(%s)" % (text, other), lambda s: f(s)*g(s)),
        ("1/sqrt(%s + q)" % c, lambda s: 1/np.sqrt(value(s) + s*s)),
        ("abs((%s) - (%s))" % (text, other), lambda s: np.abs(f(s) - g(s))),
        ("(%s) - 0.1*exp(-q)" % text, lambda s: f(s) - 0.1*np.exp(-s*s)),
    ][numbers.integers(10)]


def random_odd(numbers):
    """Of s alone; its diffusivity is not written."""
    c, value = constant(numbers)
    text, f = random_even(numbers, 1)
    return [
        ("tanh(%s*s)" % c, lambda s: np.tanh(value(s)*s)),
        ("min(max(s, -%s), %s)" % (c, c),
         lambda s: np.clip(s, -value(s), value(s))),
        ("s/(%s + q)" % c, lambda s: s/(value(s) + s*s)),
        ("tanh(s)*(%s)" % text, lambda s: np.tanh(s)*f(s)),
        ("s*abs(s)/(%s + q)" % c, lambda s: s*np.abs(s)/(value(s) + s*s)),
        ("max(s, 0)", lambda s: np.maximum(s, 0)),
        ("max(s, 0) + %s*min(s, 0)" % c,
         lambda s: np.maximum(s, 0) + value(s)*np.minimum(s, 0)),
        ("s - sin(s)/2", lambda s: s - np.sin(s)/2),
        ("%s*s + exp(-q) - 1" % c, lambda s: value(s)*s + np.exp(-s*s) - 1),
        ("s + 0.3", lambda s: s + 0.3),
    ][numbers.integers(10)]


class Flux:
    """`text` is that of Phi(s); with `freeze`, g(s) is held."""

    def __init__(self, numbers, coupled):
        self.coupled = coupled
        self.freezes = numbers.random() < 0.5
        kind = numbers.choice(["library", "even", "odd"])
        if kind == "odd" and not coupled and not self.freezes:
            self.text, self.phi = random_odd(numbers)
            self.kind = "odd"
            return
        self.kind = "even"
        if kind == "library":
            name = str(numbers.choice(list(DIFFUSIVITIES)[1:] + ["fab"]))
            contrast = float(np.round(numbers.uniform(0.3, 2), 2))
            g = DIFFUSIVITIES.get(name, dense.fab)
            factor = 1/contrast if name == "tv" else 1.0
            self.text = "%s_diffusivity(sqrt(q), %r)" % (name, contrast)
            self.g = lambda s: factor*g(s/contrast)
        else:
            self.text, self.g = random_even(
                numbers, int(numbers.integers(1, 4)), not coupled)
        self.phi = lambda s: s*self.g(s)

    def declaration(self, name):
        argument = "q" if self.coupled else "s"
        square = "" if self.coupled else "  let q = s^2\n"
        return "fun %s(%s) = {\n%s  return %s\n}\n" % (name, argument, square,
                                                      self.text)

    def applied(self, name, difference):
        """Phi of a difference, as text."""
        if self.kind == "odd":
            return "%s(%s)" % (name, difference)
        g = "%s(%s)" % (name, difference)
        return ("freeze(%s)*%s" if self.freezes else "%s*%s") % (g, difference)


class Terms:
    """A sum of rates; its methods are theirs."""

    def __init__(self, parts):
        self.parts = parts

    def __call__(self, u):
        return sum(part(u) for part in self.parts)

    def hold(self, u):
        return Terms([part.hold(u) for part in self.parts])

    def terms(self, u):
        return sum(part.terms(u) for part in self.parts)


class FluxRate(Rate):
    """Evaluates what is not frozen anew; Phi where it is given, for it need
    not vanish for 0."""

    def __init__(self, operators, flux):
        super().__init__(operators, getattr(flux, "g", None), flux.coupled)
        self.flux = flux

    def __call__(self, u):
        if self.flux.kind == "odd":
            return sum(-k.T @ self.flux.phi(k @ u + beside(b, u))
                       for k, b in self.operators)
        return super().__call__(u)

    def terms(self, u):
        if self.flux.kind == "odd":
            return sum(abs(k).T @ abs(self.flux.phi(k @ u + b))
                       for k, b in self.operators)
        return super().hold(u).terms(u)

    def hold(self, u):
        return super().hold(u) if self.flux.freezes else self


# -- operators -----------------------------------------------------------------


def random_operator(numbers, grid):
    """Its text and the stencil."""
    axis = int(numbers.integers(grid.rank))
    name, h = AXES[axis], grid.spacings[axis]
    kind = numbers.choice(["forward", "backward", "central", "d2", "stencil",
                           "stencil", "block"])
    if kind == "block" and grid.rank == 2:
        shape = tuple(int(n) for n in numbers.integers(1, 4, 2))
        weights = np.round(numbers.uniform(-1, 1, shape), 2)
        first = [int(n) for n in numbers.integers(-1, 1, 2)]
        return ("stencil(X, %s, from = %s)" % (weights.tolist(), first),
                Stencil(weights, first))
    if kind in ("stencil", "block"):
        weights = np.round(numbers.uniform(-1, 1, numbers.integers(2, 6)), 2)
        if numbers.random() < 0.5:
            weights[-1] = np.round(weights[-1] - np.sum(weights), 2)
        if numbers.random() < 0.3:
            sign = numbers.choice([-1, 1])
            weights = np.round((weights + sign*weights[::-1])/2, 3)
        first = int(numbers.integers(-len(weights) + 1, 1))
        return ("stencil(%s, %s, from = %d)" % (name, weights.tolist(), first),
                Stencil(weights, first, axis))
    return "%s(%s)" % (kind, name), getattr(dense, kind)(axis, h)


class Diffusion:
    """u_t = R(u): `text` declares R. `bounds` maps a part of the line that an
    operator stands in to its norm squared, of a linear R to its largest
    eigenvalue; for a gradient there is one number for each component."""

    def __init__(self, numbers):
        self.grid = random_grid(numbers)
        kind = numbers.choice(["fluxes", "fluxes", "fluxes", "gradient",
                               "laplace", "symmetric"])
        self.lines, self.fluxes, self.terms, self.bounds = [], [], [], {}
        self.functions = ""
        # Whether the grid has as many cells as a program asks for.
        self.fits = True
        if kind == "fluxes":
            for _ in range(1 if numbers.random() < 0.7 else 2):
                self.add_flux(numbers)
            self.rate = Terms(self.terms)
        elif kind == "gradient" and self.grid.rank > 1:
            self.add_gradient(numbers)
        else:
            self.add_linear(numbers, kind)
        total = " + ".join(mark for mark in ("t0", "t1")
                           if any(mark in line for line in self.lines))
        self.text = (grid_text(self.grid) + "input f on X\n" + self.functions +
                     "fun R(u) = {\n" + "".join(
                         "  " + line + "\n" for line in self.lines) +
                     "  return %s\n}\n" % total)

    def add_flux(self, numbers):
        text, stencil = random_operator(numbers, self.grid)
        flux, k = Flux(numbers, False), len(self.terms)
        operator = stencil.on(self.grid)
        self.fits &= stencil.fits(self.grid)
        self.functions += flux.declaration("g%d" % k) + "let K%d = %s\n" % (
            k, text)
        self.lines.append("let t%d = -K%d'(%s)" % (k, k, flux.applied(
            "g%d" % k, "K%d(u)" % k)))
        self.terms.append(FluxRate([operator], flux))
        self.bounds["t%d =" % k] = [dense.norm_squared(operator[0])]
        self.fluxes.append(flux)

    def add_gradient(self, numbers):
        coupled = numbers.random() < 0.7
        flux = Flux(numbers, coupled)
        operators = dense.gradient(self.grid)
        self.functions = flux.declaration("g0")
        names = "pqr"[:self.grid.rank]
        if coupled:
            g = "g0(inner(p, p))"
            self.lines.append("let p = grad(u)")
            flow = ("freeze(%s)*p" if flux.freezes else "%s*p") % g
        else:
            self.lines.append("let %s = grad(u)" % ", ".join(names))
            flow = "[%s]" % ", ".join(flux.applied("g0", name)
                                      for name in names)
        self.lines.append("let t0 = -grad'(%s)" % flow)
        self.rate = Terms([FluxRate(operators, flux)])
        self.bounds["grad'"] = [dense.norm_squared(k) for k, _ in operators]
        self.fluxes.append(flux)

    def add_linear(self, numbers, kind):
        stencils = [dense.d2(axis, h)
                    for axis, h in enumerate(self.grid.spacings)]
        text = "laplace(u)"
        if kind == "symmetric":
            axis = int(numbers.integers(self.grid.rank))
            a, b = (float(n) for n in np.round(numbers.uniform(-1, 1, 2), 2))
            c = round(-2*(a + b), 2)
            choices = [[a, round(-2*a, 2), a], [b, a, c, a, b],
                       [-abs(a), -2*abs(a), -abs(a)]]
            weights = choices[numbers.integers(3)]
            text = "stencil(%s, %s)(u)" % (AXES[axis], weights)
            stencils = [Stencil(weights, -(len(weights)//2), axis)]
        parts = [stencil.on(self.grid) for stencil in stencils]
        self.fits = all(stencil.fits(self.grid) for stencil in stencils)
        matrix, constant = (sum(part[k] for part in parts) for k in (0, 1))
        self.lines.append("let t0 = %s" % text)
        self.rate = LinearRate(matrix, constant)
        self.bounds["t0 ="] = [
            np.inf if np.isnan(matrix).any() else
            np.max(np.abs(np.linalg.eigvals(matrix)))]

    @property
    def is_linear(self):
        return isinstance(self.rate, LinearRate)

    @property
    def size(self):
        """Of all that R's linear part may be, roughly, for a first step."""
        if self.is_linear:
            return max(1e-3, self.bounds["t0 ="][0])
        return max(1e-3, sum(sum(b) for b in self.bounds.values()))
