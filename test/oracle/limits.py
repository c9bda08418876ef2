#!/usr/bin/env python3
"""What limit(R) and optimal(R, tau) are, when a program runs, against singular
values and eigenvalues of dense matrices.

usage: limits.py path/to/pdec
"""

import itertools
import sys

import numpy as np

sys.dont_write_bytecode = True
import sharpness
from comparison import Workshop
from diffusion_steps import (
    DIFFUSIVITIES, d2, forward)
from grids import REFLECTING, Grid
from sides import Side

ZERO = Side("dirichlet", 0.0)
# Never above the true limit, but for the rounding of what measures it.
ABOVE = 1 + 1e-11


def flux(name, argument):
    """The library's, for the contrast 1."""
    return "%s_flux(%s%s)" % (name, argument, "" if name == "linear" else ", 1")


# -- numbers that are known when a program runs ----------------------------------

RUN_TIME = """
grid X : 1d, boundary reflecting, extent [0, 1]
grid Y : 2d, boundary dirichlet 0, extent [[0, 1], [0, 3]]
grid Z : 1d, boundary low robin(1, 2, 0), high reflecting
param k = 2.0 where 0.5 <= k <= 4, a = 1.0 where 0 < a <= 2,
      b = 0.5 where 0 <= b <= 2, w = 1.0 where 0 < w <= 3,
      c = 0.5 where 0 <= c <= 1, d = 7.0 where 0 <= d <= 8
input f on X
input g on Y
input e on Z
fun scaled(u) = k*laplace(u)
fun quotient(u) = -forward(X.x)'(k*forward(X.x)(u)/a)
fun plane(u) = k*laplace(u)
let K = stencil(X.x, [-w, w])
fun weighted(u) = -K'(K(u))
let L = stencil(X.x, [w, -a, b])
fun taps(u) = -L'(L(u))
fun Phi(s) = s*(a + b/(1 + s^2))
fun ranged(u) = -forward(X.x)'(Phi(forward(X.x)(u)))
fun inside(s, p) = s*(1 + p/(1 + s^2))
fun alike(u) = -forward(X.x)'(inside(forward(X.x)(u), c))
    - forward(X.x)'(inside(forward(X.x)(u), d))
fun damped(u) = k*laplace(u) - b*u
fun robin(u) = -forward(Z.x)'(k*forward(Z.x)(u))
output scaled_limit = like(f, limit(scaled, X))
output quotient_limit = like(f, limit(quotient, f))
output plane_limit = like(g, limit(plane, Y))
output weighted_limit = like(f, limit(weighted, X))
output taps_limit = like(f, limit(taps, X))
output ranged_limit = like(f, limit(ranged, X))
output alike_limit = like(f, limit(alike, X))
output damped_limit = like(f, limit(damped, X))
output robin_limit = like(e, limit(robin, Z))
output plane_optimal = like(g, optimal(plane, 10*a, Y))
output ranged_optimal = like(f, optimal(ranged, a, X))
"""


def check_run_time(workshop, numbers):
    """Limits of what parameters and sizes say, and how sharp each is."""
    program = workshop.compile(RUN_TIME, "-O", "0")
    names = [line.split()[1] for line in RUN_TIME.splitlines()
             if line.startswith("output")]
    sides = [(REFLECTING, REFLECTING), (ZERO, ZERO),
             (Side("robin", 1.0, 2.0, 0.0), REFLECTING)]
    for size in (2, 3, 7, 20, 100):
        k, a = numbers.uniform(0.5, 4), numbers.uniform(0.1, 2)
        b, w = numbers.uniform(0, 2), numbers.uniform(0.1, 3)
        c, d = numbers.uniform(0, 1), numbers.uniform(6, 8)
        rows = size//2 + 2
        answer = program.run(
            {"f": np.zeros(size), "g": np.zeros((size, rows)),
             "e": np.zeros(size)}, names,
            {"k": k, "a": a, "b": b, "w": w, "c": c, "d": d})
        h, hx, hy = 1/size, 1/(size + 1), 3/(rows + 1)
        line = Grid((size,), sides[:1], (h,))
        plane = [d2(0, hx).on(Grid((size,), sides[1:2], (hx,)), [(0, 0)])[0],
                 d2(0, hy).on(Grid((rows,), sides[1:2], (hy,)), [(0, 0)])[0]]
        spectra = [-np.linalg.eigvalsh(matrix) for matrix in plane]
        most = k*(spectra[0].max() + spectra[1].max())
        least = k*(spectra[0].min() + spectra[1].min())
        square = np.linalg.norm(forward(0, h).on(line)[0], 2)**2
        unit = Grid((size,), sides[:1], (1.0,))
        three = np.array([w, -a, b])
        full = sum(weight*np.eye(size + 2)[1 + shift:size + 1 + shift]
                   for weight, shift in zip(three, (-1, 0, 1)))
        fold = np.vstack([np.eye(size)[:1], np.eye(size), np.eye(size)[-1:]])
        ends = Grid((size,), sides[2:], (1.0,))
        # The true ones, and how much of them is certified.
        expected = {
            "scaled_limit": (2/(k*square), 0.98),
            "quotient_limit": (2/(k/a*square), 0.98),
            "plane_limit": (2/most, 0.98),
            "weighted_limit":
                (2/(w*w*np.linalg.norm(forward(0).on(unit)[0], 2)**2), 0.98),
            "taps_limit": (2/np.linalg.norm(full @ fold, 2)**2, 0.2),
            # For all a and b that may be: what is certified is that of the
            # largest, a + b = 4.
            "ranged_limit": (2/((a + b)*square), 0.98*(a + b)/4),
            # Two fluxes of one form, whose parameters have other ranges.
            "alike_limit": (2/((2 + c + d)*square), 0.98*(2 + c + d)/11),
            "damped_limit": (2/(k*square + b), 0.98),
            "robin_limit":
                (2/(k*np.linalg.norm(forward(0).on(ends)[0], 2)**2), 0.5),
        }
        for name, (true, share) in expected.items():
            limit = answer[name].flat[0]
            title = "%s, %d cells" % (name, size)
            workshop.check(title + ": a true limit", limit <= true*ABOVE,
                           "%r of %r" % (limit, true))
            workshop.check(title + ": sharp", limit >= share*true,
                           "%r of %r" % (limit, true))
        # Of 1 + tau*eigenvalue the smallest and the largest.
        best = 2/(2 + 10*a*(least + most))
        workshop.check("optimal, %d cells" % size, abs(
            answer["plane_optimal"].flat[0] - best) <= 0.02*best,
            "%r, expected %r" % (answer["plane_optimal"].flat[0], best))
        damping = answer["ranged_optimal"].flat[0]
        workshop.check("a damped iteration contracts, %d cells" % size,
                       0 < damping and
                       damping*(1 + a*(a + b)*square) < 2, damping)


# -- stencils with weights of both signs -----------------------------------------

# Second differences of orders 4 to 8, one with weights whose sum rounding makes
# no zero, and minus a fourth difference.
WIDE = {
    "order4": ([-1, 16, -30, 16, -1], "1/12"),
    "rounded4": ([-1/12, 4/3, -5/2, 4/3, -1/12], "1"),
    "order6": ([2, -27, 270, -490, 270, -27, 2], "1/180"),
    "order8": ([-9, 128, -1008, 8064, -14350, 8064, -1008, 128, -9], "1/5040"),
    "fourth": ([-1, 4, -6, 4, -1], "1"),
}
PADS = {"periodic": "wrap", "reflecting": "symmetric",
        "dirichlet 0": "constant"}


def wide_matrix(weights, pad, size):
    """The stencil on unit vectors, continued beyond the sides."""
    reach = len(weights)//2
    rows = [np.convolve(np.pad(unit, reach, pad), weights[::-1], "valid")
            for unit in np.eye(size)]
    return np.array(rows).T


def check_wide(workshop):
    """That they have a limit at all rests on the sign of their symbols near
    zero, where the weights cancel."""
    for rule, pad in PADS.items():
        script = ("grid X : 1d, boundary %s\ngrid Y : 2d, boundary %s\n"
                  "input f on X\ninput g on Y\n" % (rule, rule))
        names = []
        for name, (weights, scale) in WIDE.items():
            for grid, field in (("X", "f"), ("Y", "g")):
                terms = " + ".join(
                    "%s*stencil(%s.%s, %s)" % (scale, grid, axis, [
                        repr(weight) for weight in weights])
                    for axis in "xy"[:1 + (grid == "Y")]).replace("'", "")
                script += "let %s_%s = %s\n" % (name, grid, terms)
                for what, value in (("on", "%s_%s(%s)" % (name, grid, field)),
                                    ("limit", "like(%s, limit(%s_%s, %s))" % (
                                        field, name, grid, grid))):
                    names.append("%s_%s_%s" % (name, grid, what))
                    script += "output %s = %s\n" % (names[-1], value)
        program = workshop.compile(script, "-O", "0")
        numbers = np.random.default_rng(12)
        for size in (10, 17, 64):
            rows = size//2 + 5
            f = numbers.standard_normal(size)
            g = numbers.standard_normal((size, rows))
            answer = program.run({"f": f, "g": g}, names)
            for name, (weights, scale) in WIDE.items():
                factor = 1/float(scale.split("/")[-1])
                along = [factor*wide_matrix(weights, pad, n)
                         for n in (size, rows)]
                title = "%s, %s, %d cells" % (name, rule, size)
                both = along[0] @ g + g @ along[1].T
                workshop.check_close(title, answer[name + "_X_on"],
                                     along[0] @ f, 1e-11)
                workshop.check_close(title + " by many", answer[name + "_Y_on"],
                                     both, 1e-11)
                fastest = [-np.linalg.eigvalsh(matrix)[0] for matrix in along]
                for grid, true in (("X", 2/fastest[0]), ("Y", 2/sum(fastest))):
                    limit = answer["%s_%s_limit" % (name, grid)].flat[0]
                    workshop.check(title + ": a true limit, " + grid,
                                   limit <= true*ABOVE, "%r of %r" % (
                                       limit, true))
                    workshop.check(title + ": sharp, " + grid,
                                   limit >= 0.9*true, "%r of %r" % (limit, true))


# -- steps as long as the limit ---------------------------------------------------


def steps_script(rule, name):
    return """
grid X : 1d, boundary %s
param k = 1.0 where 0.1 <= k <= 9
input f on X
fun R(u) = -forward(X.x)'(k*%s)
evolve u from f by explicit(R, limit(R)) for 1 steps
evolve v from f by explicit(R, 1.05*limit(R)) for 60 steps
output u, v
""" % (rule, flux(name, "forward(X.x)(u)"))


def check_steps(workshop, numbers):
    """At the limit the norm of no field grows; beyond it that of some does."""
    for rule, name in itertools.product(
            ("periodic", "reflecting", "dirichlet 0"), DIFFUSIVITIES):
        program = workshop.compile(steps_script(rule, name), "-O", "0")
        for size in (2, 5, 40):
            _, _, rows = np.linalg.svd(
                forward(0).on(Grid((size,), [sharpness.RULES[rule]], (1.0,)))[0])
            starts = [1e-4*rows[0], rows[0], numbers.normal(size=size),
                      1e-3*numbers.normal(size=size)]
            for number, start in enumerate(starts):
                k = float(numbers.uniform(0.1, 9))
                answer = program.run({"f": start}, ["u", "v"], {"k": k})
                before = np.linalg.norm(start)
                title = "%s, %s, %d cells" % (name, rule, size)
                workshop.check(
                    title + ": no growth at the limit",
                    np.linalg.norm(answer["u"]) <= before*(1 + 1e-11))
                if number == 0:
                    workshop.check(title + ": growth beyond it",
                                   np.linalg.norm(answer["v"]) > 1.05*before)


def main():
    workshop = Workshop(sys.argv[1])
    numbers = np.random.default_rng(1127)
    check_run_time(workshop, numbers)
    check_wide(workshop)
    check_steps(workshop, numbers)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
