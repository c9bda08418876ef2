#!/usr/bin/env python3
"""Limiters, fluxes between two states, MUSCL, WENO and Godunov's norm against
their definitions in NumPy; their orders; that they keep sums and make no new
extrema.

usage: conservation.py path/to/pdec
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from comparison import Comparison, Workshop
from grids import AXES, Grid, PERIODIC, REFLECTING
from measures import check_order
from problems import field, given, line, sloping

GRIDS = {
    "1-D, periodic": line(12, PERIODIC, PERIODIC, 0.3),
    "1-D, dirichlet and neumann": line(9, given(0.5), sloping(-0.75)),
    "2-D": Grid((4, 8), [(PERIODIC, PERIODIC), (REFLECTING, given(0.25))],
                (0.3, 0.2)),
}
FLUX = "fun F(u) = u^2/2 + u\n"


def flux(u):
    return u**2/2 + u


def minmod(*slopes):
    """The one of least size if all have the same sign."""
    s = np.array(slopes)
    least = np.where(np.all(s > 0, axis=0), np.min(s, axis=0), 0)
    return np.where(np.all(s < 0, axis=0), np.max(s, axis=0), least)


def by_ratio(phi):
    """A limiter phi of the ratio r = a/b: phi(r)*b (Sweby 1984)."""
    def limiter(a, b):
        r = a/np.where(b == 0, 1, b)
        return np.where(a*b > 0, phi(r), 0)*b
    return limiter


LIMITERS = {
    "minmod": minmod,
    "van_leer": by_ratio(lambda r: (r + np.abs(r))/(1 + np.abs(r))),
    "monotonized": lambda a, b: minmod(2*a, 2*b, (a + b)/2),
    "superbee": by_ratio(lambda r: np.maximum(
        0, np.maximum(np.minimum(2*r, 1), np.minimum(r, 2)))),
}


def muscl(grid, u, axis, speed, limiter):
    at = lambda k: grid.at(u, axis, k)  # noqa: E731

    def between(k):
        """The flux at the face behind cell k."""
        low = at(k) + 0.5*limiter(at(k) - at(k - 1), at(k + 1) - at(k))
        high = at(k + 1) - 0.5*limiter(at(k + 1) - at(k), at(k + 2) - at(k + 1))
        return 0.5*(flux(low) + flux(high)) - 0.5*speed*(high - low)
    return (between(0) - between(-1))/grid.spacings[axis]


# Shu 1998, section 2.2: coefficients of the three parabolas, their optimal
# weights; the smoothness indicators are sums of squares of derivatives, as
# quadratic forms of the values.
PARABOLAS = np.array([[2, -7, 11, 0, 0], [0, -1, 5, 2, 0],
                      [0, 0, 2, 5, -1]])/6
OPTIMAL = [0.1, 0.6, 0.3]
SECOND = np.array([[1, -2, 1, 0, 0], [0, 1, -2, 1, 0], [0, 0, 1, -2, 1]])
FIRST = np.array([[1, -4, 3, 0, 0], [0, 1, 0, -1, 0], [0, 0, 3, -4, 1]])


def reconstructed(values):
    values = np.array(values)
    apply = lambda rows: np.tensordot(rows, values, 1)  # noqa: E731
    beta = 13/12*apply(SECOND)**2 + apply(FIRST)**2/4
    alpha = np.array([g/(1e-6 + b)**2 for g, b in zip(OPTIMAL, beta)])
    return np.sum(alpha*apply(PARABOLAS), axis=0)/np.sum(alpha, axis=0)


def weno5(grid, u, axis, speed):
    part = lambda k, sign: 0.5*(  # noqa: E731
        flux(grid.at(u, axis, k)) + sign*speed*grid.at(u, axis, k))

    def between(k):
        return (reconstructed([part(k + m, 1) for m in (-2, -1, 0, 1, 2)]) +
                reconstructed([part(k + m, -1) for m in (3, 2, 1, 0, -1)]))
    return (between(0) - between(-1))/grid.spacings[axis]


def godunov(grid, u, axis, v):
    """Osher, Sethian 1988, for fronts that move along their normal."""
    p, q = grid.backward(u, axis), grid.forward(u, axis)
    out = np.maximum(np.maximum(p, 0)**2, np.minimum(q, 0)**2)
    back = np.maximum(np.minimum(p, 0)**2, np.maximum(q, 0)**2)
    return np.where(v > 0, out, back)


def hll(low, high, f_low, f_high, slow, fast):
    middle = (fast*f_low - slow*f_high + slow*fast*(high - low))/(fast - slow)
    return np.where(slow >= 0, f_low, np.where(fast <= 0, f_high, middle))


def check(workshop, title, grid, u, v):
    script = Comparison(workshop, title, grid, {"f": u, "g": v}, FLUX)
    for name, limiter in LIMITERS.items():
        script.value(name, "%s(f - 0.5, g - 0.4)" % name,
                     limiter(u - 0.5, v - 0.4))
    for axis, name in enumerate(AXES[:grid.rank]):
        script.value("weno5 along " + name, "weno5(%s, F, 2.5, f)" % name,
                     weno5(grid, u, axis, 2.5))
        script.value("muscl along " + name, "muscl(%s, F, 2.5, f)" % name,
                     muscl(grid, u, axis, 2.5, LIMITERS["van_leer"]))
        script.value("muscl, minmod", "muscl(%s, F, 2.5, f, limiter = minmod)" %
                     name, muscl(grid, u, axis, 2.5, minmod))
        script.value("godunov along " + name, "godunov(%s, g - 0.5, f)" % name,
                     godunov(grid, u, axis, v - 0.5))
    for slow, fast in ((-1.5, 2.0), (0.5, 2.0), (-1.0, -0.25), (0.0, 1.0)):
        expected = [hll(u, v, flux(u), flux(v), slow, fast),
                    hll(v, 2*u, u*v, u, slow, fast)]
        script.value("hll", "hll([f, g], [g, 2*f], [F(f), f*g], [F(g), f], %r, "
                     "%r)" % (slow, fast), *expected)
    script.value("rusanov", "rusanov(F, 2, f, g)",
                 (flux(u) + flux(v))/2 - (v - u))
    script.run()


def check_orders(workshop):
    """Of the derivative of a smooth function along a circle."""
    program = workshop.compile(
        FLUX + "grid X : 1d, boundary periodic, extent [0, 1]\ninput f on X\n"
        "output w = weno5(x, F, 4, f), m = muscl(x, F, 4, f)\n", "-O", "0")
    errors = {"w": [], "m": []}
    for n in (64, 128, 256):
        x = 2*np.pi*np.arange(n)/n
        f = 2 + np.sin(x)
        exact = (f + 1)*2*np.pi*np.cos(x)
        found = program.run({"f": f}, ["w", "m"])
        for name in errors:
            errors[name].append(np.mean(np.abs(found[name] - exact)))
    check_order(workshop, "weno5", errors["w"], 5, within=0.5)
    check_order(workshop, "muscl", errors["m"], 2, within=0.5)


SHOCK = """grid X : 1d, boundary periodic, extent [0, 1], size 128
input f on X
fun B(u) = -muscl(x, s -> s^2/2, 1.1, u)
fun S(u) = -weno5(x, s -> s^2/2, 1.1, u)
evolve b from f by heun(B, 0.2*spacing(x)) for 640 steps
evolve s from f by heun(S, 0.2*spacing(x)) for 640 steps
output b, s
"""


def check_shock(workshop):
    """Burgers' equation: what is there stays, and nothing swings."""
    x = np.arange(128)/128
    f = np.exp(np.sin(2*np.pi*x))/3
    found = workshop.compile(SHOCK, "-O", "0").run({"f": f}, ["b", "s"])
    for name, excess in (("b", 1e-12), ("s", 1e-3)):
        u = found[name]
        workshop.check_close("sum of " + name, np.array(np.sum(u)),
                             np.array(np.sum(f)), 1e-13)
        variation = np.sum(np.abs(np.diff(u, append=u[0])))
        before = np.sum(np.abs(np.diff(f, append=f[0])))
        workshop.check("total variation of " + name, variation < 0.9*before and
                       np.max(u) <= np.max(f)*(1 + excess), variation)


def main():
    workshop = Workshop(sys.argv[1])
    numbers = np.random.default_rng(10)
    for title, grid in GRIDS.items():
        check(workshop, title, grid, field(numbers, grid),
              field(numbers, grid))
    check_orders(workshop)
    check_shock(workshop)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
