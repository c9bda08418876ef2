#!/usr/bin/env python3
"""Fields at points, and what is spread from points, against interpolation in
arrays that NumPy continues beyond the sides.

usage: points.py path/to/pdec
"""

import subprocess
import sys

import numpy as np

sys.dont_write_bytecode = True
from programs import FORMS, Workshop, random

# rule: the offset of cell 0, what np.pad makes of the next cell, where ends lie
RULES = {
    "reflecting": (0.5, lambda f: np.pad(f, 1, "symmetric"), 0.5),
    "periodic": (0.0, lambda f: np.pad(f, 1, "wrap"), None),
    "dirichlet 0.75": (1.0, lambda f: np.pad(f, 1, constant_values=0.75), 1.0),
    "neumann 0.5": (0.5, None, 0.5),
}


def line_through(f):
    return np.concatenate([[2 * f[0] - f[1]], f, [2 * f[-1] - f[-2]]])


def shares(n, rule, place):
    """The weights of cells -1 .. n at a place that is counted in cells."""
    end = RULES[rule][2]
    place = place % n if end is None else min(max(place, -end), n - 1 + end)
    result = np.zeros(n + 2)
    below = min(int(np.floor(place)), n - 1)
    result[below + 1] += 1 - (place - below)
    result[below + 2] += place - below
    return result


def matrix(n, rule):
    """Continues n cells by one on each side: a matrix, and what it adds."""
    name = rule.split()[0]
    pad = RULES[rule][1] or line_through
    zero = pad(np.zeros(n))
    columns = [pad(row) - zero for row in np.eye(n)]
    return np.array(columns).T, zero, name


def line(workshop):
    numbers = np.random.RandomState(3)
    for rule in RULES:
        script = """grid X : 1d, boundary %s, spacing 0.5
param p = 0.0, a = 1.5
input f on X
let u on X = f
let value = at(u, p)
output value, by_list = at(u, [p]), source = spread(a, p, X), same = spread(a, p, u)
output g = gradient(value, u), many = at(u, [[p], [p + 1]])[1]
""" % rule
        programs = {form: workshop.compile(script, *options)
                    for form, options in FORMS.items()}
        for n in (6, 17):
            f = random(numbers, (n,))
            by, zero, name = matrix(n, rule)
            for place in (0.0, 0.3, 2.75, -0.4, -0.9, n - 0.7, n - 0.2, n + 3.4,
                          -2.2, float(n - 1)):
                w = shares(n, rule, place)
                after = shares(n, rule, place + 2)
                where = (place + RULES[rule][0]) * 0.5
                for form, program in programs.items():
                    made = program.run({"f": f}, ["value", "by_list", "source",
                                                  "same", "g", "many"],
                                       {"p": where})
                    title = "%s, %d cells, at %g, %s: " % (rule, n, place, form)
                    exact = w @ (by @ f + zero)
                    for output in ("value", "by_list"):
                        workshop.check_close(title + output, made[output],
                                             np.array(exact), 1e-12)
                    workshop.check_close(title + "many", made["many"],
                                         np.array(after @ (by @ f + zero)),
                                         1e-12)
                    for output, factor in (("source", 1.5), ("same", 1.5),
                                           ("g", 1)):
                        workshop.check_close(title + output, made[output],
                                             factor * (by.T @ w), 1e-12)


def plane(workshop):
    """Two axes with different rules; a later axis goes on from the first."""
    script = """grid X : 2d, boundary x reflecting, y dirichlet 0.75
param px = 0.0, py = 0.0
input f on X
let u on X = f
let value = at(u, [px, py])
output value, source = spread(2, [px, py], X), g = gradient(value^2, u)
"""
    numbers = np.random.RandomState(4)
    f = random(numbers, (7, 9))
    by_x, _, _ = matrix(7, "reflecting")
    by_y, zero, _ = matrix(9, "dirichlet 0.75")
    for form, options in FORMS.items():
        program = workshop.compile(script, *options)
        for x, y in ((1.25, 2.5), (-0.3, 4.0), (6.4, 8.5), (3.0, -0.25),
                     (-0.5, -1.0), (2.0, 9.0)):
            made = program.run({"f": f}, ["value", "source", "g"],
                               {"px": x + 0.5, "py": y + 1.0})
            wx, wy = shares(7, "reflecting", x), shares(9, "dirichlet 0.75", y)
            along_y = (wx @ by_x @ f) @ by_y.T + zero
            title = "at (%g, %g), %s: " % (x, y, form)
            workshop.check_close(title + "value", made["value"],
                                 np.array(along_y @ wy), 1e-12)
            spread = np.outer(wx @ by_x, by_y.T @ wy)
            workshop.check_close(title + "source", made["source"], 2 * spread,
                                 1e-12)
            workshop.check_close(title + "gradient", made["g"],
                                 2 * (along_y @ wy) * spread, 1e-12)


def moving(workshop):
    """A source that moves, and a receiver that notes what comes along."""
    script = """grid X : 1d, boundary reflecting, extent [0, 1], size 40
param tau = 2e-4, n = 60
input f on X = 0
evolve u, t from f, 0 by (u, t) -> [u + tau*(laplace(u) + spread(40, 0.3 + 20*t, X)), t + tau] for n steps
    record seen = [at(u, 0.45), at(u, 0.99)] every 1
output u
"""
    n, h, tau = 40, 1 / 40, 2e-4
    x = (np.arange(n) + 0.5) * h
    u, t, seen = np.zeros(n), 0.0, []
    for step in range(61):
        seen.append([np.interp(0.45, x, u), np.interp(0.99, x, u)])
        if step == 60:
            break
        hat = np.maximum(0, 1 - np.abs(x - (0.3 + 20 * t)) / h)
        wide = np.pad(u, 1, "edge")
        u = u + tau * ((wide[2:] - 2 * u + wide[:-2]) / h**2 + 40 * hat)
        t += tau
    for form, options in FORMS.items():
        program = workshop.compile(script, *options)
        made = program.run({}, ["u", "seen"])
        workshop.check_close("a moving source, " + form, made["u"], u, 1e-10)
        workshop.check_close("what a receiver sees, " + form, made["seen"][:, 1:],
                             np.array(seen), 1e-10)


def nowhere(workshop):
    """A place that is no number is nowhere, and not where nothing lies."""
    for rule, q, what in (("reflecting", "q/q", "at(f, %s)"),
                          ("dirichlet 1", "q/q", "at(f, %s)"),
                          ("periodic", "1/q", "at(f, %s)"),
                          ("reflecting", "q/q", "spread(1, %s, X)"),
                          ("periodic", "1/q", "spread(1, %s, X)")):
        script = """grid X : 1d, boundary %s, size 4
param q = 0.0
input f on X = 1
output value = %s
""" % (rule, what % q)
        for form, options in FORMS.items():
            program = workshop.compile(script, *options)
            ran = subprocess.run(program.command, capture_output=True,
                                 text=True, timeout=120)
            workshop.check("%s at %s, %s, %s" % (what, q, rule, form),
                           ran.returncode == 1 and
                           "output 'value' is not finite" in ran.stderr,
                           ran.stderr)


def main():
    workshop = Workshop(sys.argv[1])
    line(workshop)
    nowhere(workshop)
    plane(workshop)
    moving(workshop)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
