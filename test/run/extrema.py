#!/usr/bin/env python3
"""Stencils over min and max against loops from their definition, and what makes
them erosions and dilations: residuals, semigroups, distances.

usage: extrema.py path/to/pdec
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from programs import FORMS, Workshop, random, same_bits

INFINITY = float("inf")


def extremum(f, taps, is_max, periodic):
    """The extremum of f[i + offset] + weight over what lies in the array."""
    pick, neutral = (max, -INFINITY) if is_max else (min, INFINITY)
    result = np.empty_like(f)
    for place in np.ndindex(f.shape):
        best = f.dtype.type(neutral)
        for offset, weight in taps:
            there = [i + k for i, k in zip(place, offset)]
            if periodic:
                there = [i % n for i, n in zip(there, f.shape)]
            if all(0 <= i < n for i, n in zip(there, f.shape)):
                best = pick(best, f[tuple(there)] + f.dtype.type(weight))
        result[place] = best
    return result


# -- the definition -----------------------------------------------------------

WEIGHTS = [0.3, -0.7, 0.0, 1.1, -0.2]
FIRST = {"a": -2, "b": 0, "c": -6}
# Where no tap meets a cell, the least of nothing is infinite.
LINE = """grid X : 1d, boundary %s
param w = -0.7, W : real[5] = (k) -> 0.1*k
input f on X
fun A(k) = stencil(x, [0.3, w, 0, 1.1, -0.2], from = k, over = min)
let B = stencil(x, k -> 0.25*k^2 - k, from = -4, to = 1, over = max)
let C = stencil(x, W, over = max)
fun seen(u) = clamp(u, -99, 99)
output a = seen(A(-2)(f)), b = seen(A(0)(f)), c = seen(A(-6)(f)), d = B(f), e = C(f)
output back = seen(A(0)'(f)), twice = seen((A(0)*A(-2))(f))
"""


def line(workshop, boundary):
    """One axis: weights written out, of a function, and of an array."""
    periodic = boundary == "periodic"
    numbers = np.random.RandomState(50)
    for precision, dtype in (("f64", np.float64), ("f32", np.float32)):
        programs = {form: workshop.compile(LINE % boundary, *options,
                                           "--precision", precision)
                    for form, options in FORMS.items()}
        for program in programs.values():
            program.command += ["--set", "W=" + workshop.path("W.npy")]
        for n in (7, 8, 9, 16, 33, 70):
            f = random(numbers, (n,)).astype(dtype)
            array = random(numbers, (5,))
            np.save(workshop.path("W.npy"), array)
            at = {name: [((first + i,), w) for i, w in enumerate(WEIGHTS)]
                  for name, first in FIRST.items()}
            wanted = {name: extremum(f, taps, False, periodic)
                      for name, taps in at.items()}
            wanted["d"] = extremum(f, [((k,), 0.25 * k * k - k)
                                       for k in range(-4, 2)], True, periodic)
            wanted["e"] = extremum(f, [((i - 2,), w) for i, w in
                                       enumerate(array)], True, periodic)
            wanted["back"] = extremum(f, [((-k[0],), -w) for k, w in at["b"]],
                                      True, periodic)
            wanted["twice"] = extremum(wanted["a"], at["b"], False, periodic)
            for form, program in programs.items():
                made = program.run({"f": f}, wanted)
                for name, value in wanted.items():
                    workshop.check(
                        "%s, %d cells, %s, %s: %s"
                        % (boundary, n, precision, form, name),
                        same_bits(made[name], np.clip(value, -99, 99)))


PLANE = """grid X : 2d, boundary x %s, y %s
param t = 0.7
input f on X
let K = stencil(X, (i, j) -> (i^2 + 2*j^2 - i*j)/(4*t), to = [2, 1], over = min)
output k = K(f), r = K'(f)
"""


def plane(workshop):
    numbers = np.random.RandomState(5)
    for x, y in (("dirichlet 0.5", "reflecting"), ("neumann 1", "dirichlet 2")):
        f = random(numbers, (9, 21))
        taps = [((i, j), (i * i + 2 * j * j - i * j) / (4 * 0.7))
                for i in range(-2, 3) for j in range(-1, 2)]
        wanted = {"k": extremum(f, taps, False, False),
                  "r": extremum(f, [((-k[0], -k[1]), -w) for k, w in taps],
                                True, False)}
        for form, options in FORMS.items():
            made = workshop.compile(PLANE % (x, y), *options).run(
                {"f": f}, wanted)
            for name, value in wanted.items():
                workshop.check("%s, %s, %s: %s" % (x, y, form, name),
                               same_bits(made[name], value))


# -- what follows from it -----------------------------------------------------

ADJUNCTION = """grid X : 2d, boundary dirichlet 3, size [12, 17]
input f on X
input g on X
let D = stencil(X, (i, j) -> -(i^2 + j) + 2*i*j, from = [-1, -2], to = [2, 1], over = max)
output least = D'(D(f)) - f, greatest = g - D(D'(g)), again = D(D'(D(f))) - D(f)
output up = D(f), down = D'(g), opened = ((D*D')^2)(g) - (D*D')(g)
"""


def adjunction(workshop):
    """Whole numbers, so that sums are exact: D(f) <= g where f <= D'(g)."""
    program = workshop.compile(ADJUNCTION)
    numbers = np.random.RandomState(8)
    pairs = 0
    for trial in range(40):
        f = numbers.randint(-9, 9, (12, 17)).astype(float)
        g = f + numbers.randint(25 * (trial % 2), 40, (12, 17))
        made = program.run({"f": f, "g": g}, ["least", "greatest", "again", "up",
                                          "down", "opened"])
        workshop.check("f <= D'(D(f))", np.all(made["least"] >= 0))
        workshop.check("D(D'(g)) <= g", np.all(made["greatest"] >= 0))
        workshop.check("D D' D is D", np.all(made["again"] == 0))
        workshop.check("openings are idempotent", np.all(made["opened"] == 0))
        is_below = np.all(made["up"] <= g)
        workshop.check("the adjunction", is_below == np.all(f <= made["down"]))
        pairs += is_below
    workshop.check("both answers occurred", 0 < pairs < 40)


SEMIGROUP = """grid X : 1d, boundary reflecting, extent [-1, 1]
param t = 0.02, s = 0.03
input f on X = 0
let a = %s, r = %d
output twice = erosion(x, t, r, a)(erosion(x, s, r, a)(f))
output once = erosion(x, t + s, r, a)(f), up = dilation(x, t, r, a)(-f)
output down = erosion(x, t, r, a)(f)
"""


def semigroup(workshop):
    """k_t k_s = k_(t + s), to the order with which the cells sample it."""
    for alpha, b in ((1.0, 2.0), (0.75, 3.0)):
        errors = []
        for n, r in ((40, 8), (80, 16), (160, 32)):
            program = workshop.compile(SEMIGROUP % (alpha, r))
            x = -1 + 2 * (np.arange(n) + 0.5) / n
            f = np.sin(3 * x) + 0.3 * x
            made = program.run({"f": f}, ["twice", "once", "up", "down"])
            workshop.check("dilation is -erosion(-f)",
                           same_bits(made["up"], -made["down"]))
            k = ((2 * alpha - 1) / (2 * alpha) ** b
                 * 0.05 ** (-1 / (2 * alpha - 1)) * np.abs(x - x[:, None]) ** b)
            exact = np.min(f + k, axis=1)
            workshop.check("the formula of k, alpha = %s" % alpha,
                           np.max(np.abs(made["once"] - exact)) < 1e-12)
            errors.append(np.max(np.abs(made["twice"] - made["once"])))
        workshop.check("the semigroup, alpha = %s" % alpha,
                       errors[2] < errors[0] / 4 and errors[2] < 3e-3, errors)


def hopf_lax(workshop):
    """Of x^2/(4 s) it is x^2/(4 (s + t)), exactly where s = t: x/2 is a cell."""
    program = workshop.compile("""grid X : 1d, boundary reflecting, size 61
param t = 2.0
input f on X
output u = erosion(x, t, 20)(f)
""")
    x = np.arange(61) - 30.0
    made = program.run({"f": x * x / 8}, ["u"])["u"]
    even = np.arange(0, 61, 2)
    workshop.check("Hopf and Lax", same_bits(made[even], (x * x / 16)[even]))


def distance(workshop):
    """Squared distances to a set are what parabolas leave of its indicator."""
    program = workshop.compile("""grid X : 2d, boundary dirichlet 0, size [31, 24]
input f on X
let far = if f > 0 then 0*f else f*0 + infinity
let along_x = stencil(x, k -> k^2, to = 30, over = min)
let along_y = stencil(y, k -> k^2, to = 23, over = min)
output d = along_y(along_x(far))
""")
    numbers = np.random.RandomState(2)
    f = (numbers.rand(31, 24) < 0.01).astype(float)
    f[4, 5] = 1
    seeds = np.argwhere(f > 0)
    place = np.stack(np.meshgrid(np.arange(31), np.arange(24), indexing="ij"))
    exact = np.min([(place[0] - i) ** 2 + (place[1] - j) ** 2
                    for i, j in seeds], axis=0)
    workshop.check("squared distances",
                   same_bits(program.run({"f": f}, ["d"])["d"],
                             exact.astype(float)))


def shifts(workshop):
    """By whole cells and parts of one, run-time, and no further than r."""
    program = workshop.compile("""grid X : 1d, boundary periodic, spacing 0.5
param a = 0.0
input f on X
output u = shift(x, a, 3)(f)
""")
    f = random(np.random.RandomState(4), (23,))
    for cells in (0, 1, -3, 0.25, -1.5, 2.999, 3, 7):
        made = program.run({"f": f}, ["u"], {"a": cells / 2})["u"]
        cells = min(cells, 3)
        below = int(np.floor(cells))
        part = cells - below
        exact = (1 - part) * np.roll(f, below) + part * np.roll(f, below + 1)
        workshop.check("a shift by %s" % cells,
                       np.max(np.abs(made - exact)) < 1e-14)


def gradients(workshop):
    """A cell's derivative is that of the cell which it is made of."""
    script = """grid X : 1d, boundary reflecting, size 40
param t = 1.3
input f on X
input g on X
let J = dot(g, erosion(x, t, 5)(f))
output by_f = gradient(J, f), by_t = gradient(J, t)
"""
    numbers = np.random.RandomState(11)
    f, g = random(numbers, (40,)) * 3, random(numbers, (40,))
    by_f, by_t = np.zeros(40), 0.0
    for i in range(40):
        reach = [j for j in range(i - 5, i + 6) if 0 <= j < 40]
        least = min(reach, key=lambda j: f[j] + (j - i) ** 2 / (4 * 1.3))
        by_f[least] += g[i]
        by_t -= g[i] * (least - i) ** 2 / (4 * 1.3**2)
    for form, options in FORMS.items():
        made = workshop.compile(script, *options).run({"f": f, "g": g},
                                                      ["by_f", "by_t"])
        workshop.check_close("by the field, " + form, made["by_f"], by_f, 1e-13)
        workshop.check_close("by the time, " + form, made["by_t"],
                             np.array(by_t), 1e-12)


def main():
    workshop = Workshop(sys.argv[1])
    for boundary in ("reflecting", "periodic", 
                     "low dirichlet 0.5, high neumann 1"):
        line(workshop, boundary)
    plane(workshop)
    adjunction(workshop)
    semigroup(workshop)
    hopf_lax(workshop)
    distance(workshop)
    shifts(workshop)
    gradients(workshop)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
