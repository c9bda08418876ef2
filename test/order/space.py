#!/usr/bin/env python3
"""The orders of the differences in space, by smooth functions whose derivatives
are known: in the rows inside and, apart, in those next to the sides.

usage: space.py path/to/pdec
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from measures import Workshop, check_order, largest

PI = np.pi
SIZES = {1: (40, 80, 160, 320), 2: (24, 48, 96), 3: (12, 24, 48)}


# -- grids: where the cells lie, as docs/language.md says ----------------------

OFFSETS = {"reflecting": 0.5, "neumann": 0.5, "periodic": 0, "dirichlet": 1}


def cells(size, rule):
    """Of the unit interval: positions and spacing."""
    offset = OFFSETS[rule.split()[0]]
    h = 1 / (size if rule == "periodic" else size - 1 + 2 * offset)
    return (np.arange(size) + offset) * h, h


def plane(size, rules):
    lines = [cells(size, rule)[0] for rule in rules]
    return np.meshgrid(*lines, indexing="ij")


def program(workshop, rules, outputs):
    parts = (rules[0] if len(set(rules)) == 1 else
             ", ".join("%s %s" % pair for pair in zip("xyz", rules)))
    return workshop.compile(
        "grid X : %dd, boundary %s, extent [0, 1]\ninput f on X\n%s" %
        (len(rules), parts, "".join("output %s = %s\n" % pair
                                    for pair in outputs.items())))


# -- one axis ------------------------------------------------------------------

LINE = {"first": "central(x)(f)", "second": "d2(x)(f)", "lap": "laplace(f)",
        "normal": "-grad'(grad(f))"}


def inside(values):
    return values[(slice(2, -2),) * values.ndim]


def first_row(values):
    return values[:1]


def last_row(values):
    return values[-1:]


def measure(workshop, title, found, expected, rows, theory):
    """found and expected are arrays, from coarse to fine. Errors are relative
    to the derivative in the same rows, which lie elsewhere on a finer grid."""
    errors = [largest(rows(a - b)) / largest(rows(b))
              for a, b in zip(found, expected)]
    check_order(workshop, title, errors, theory)


# A row's place: which rows, and the order there of the first and of the second
# derivative.
#
# Reflecting sides and an even function, periodic sides, and dirichlet values
# that are the function's own continue it exactly, so that rows there are as
# good as inner ones: at a dirichlet side, the first node beyond is the side. A
# neumann side continues u by u[0] - h*u', from half a cell inside to half a
# cell outside, which is wrong by the third order, u'''*h^3/24; divided by h^2,
# that leaves the first order for second and the second for first differences.
PLACES = {
    "reflecting": ((inside, 2, 2), (first_row, 2, 2), (last_row, 2, 2)),
    "periodic": ((inside, 2, 2), (first_row, 2, 2), (last_row, 2, 2)),
    "dirichlet": ((inside, 2, 2), (first_row, 2, 2), (last_row, 2, 2)),
    "neumann": ((inside, 2, 2), (first_row, 2, 1), (last_row, 2, 1)),
}


def line_functions():
    """rule, u, u', u'' of each kind of side. No derivative of the error's terms
    vanishes at the sides, except where the rule demands it."""
    def wave(a, b):
        return (lambda x: np.sin(a * x + b), lambda x: a * np.cos(a * x + b),
                lambda x: -a**2 * np.sin(a * x + b))
    u, du, _ = oblique = wave(2.0, 0.4)
    return [
        ("reflecting", wave(PI, PI / 2)), ("periodic", wave(2 * PI, 1.0)),
        ("low dirichlet %r, high dirichlet %r" % (u(0.0).item(), u(1.0).item()),
         oblique),
        ("low neumann %r, high neumann %r" % (-du(0.0).item(), du(1.0).item()),
         oblique)]


def kind(rule):
    return rule.replace("low ", "").split()[0]


def check_lines(workshop):
    for rule, (u, du, ddu) in line_functions():
        name = kind(rule)
        # The adjoint of grad is that of a linear operator: at neumann sides
        # there is none, at dirichlet sides only grad' of grad is at home.
        outputs = {key: value for key, value in LINE.items()
                   if key != "normal" or name != "neumann"}
        made = program(workshop, (rule,), outputs)
        places = [cells(n, name)[0] for n in SIZES[1]]
        answers = [made.run({"f": u(x)}, outputs) for x in places]
        for key in outputs:
            exact = du if key == "first" else ddu
            for rows, one, two in PLACES[name]:
                theory = one if key == "first" else two
                measure(workshop, "%s, %s, %s" % (key, name, rows.__name__),
                        [answer[key] for answer in answers],
                        [exact(x) for x in places], rows, theory)


# One-sided differences are central ones about their midpoints, of first order
# about their cells.
SIDED = {"fw": ("forward(x)(f)", 0.5), "bw": ("backward(x)(f)", -0.5)}


def check_one_sided(workshop):
    made = program(workshop, ("periodic",),
                   {key: text for key, (text, _) in SIDED.items()})
    grids = [cells(n, "periodic") for n in SIZES[1]]
    answers = [made.run({"f": np.sin(2 * PI * x + 0.3)}, SIDED)
               for x, _ in grids]
    for key, (_, shift) in SIDED.items():
        for where, theory in ((shift, 2), (0, 1)):
            measure(workshop, "%s, %g cells beside" % (key, where),
                    [answer[key] for answer in answers],
                    [2 * PI * np.cos(2 * PI * (x + where * h) + 0.3)
                     for x, h in grids], lambda values: values, theory)


# -- several axes --------------------------------------------------------------


def check_space(workshop):
    """The Laplacian and its kin on two and three axes: even functions on
    reflecting, any phase on periodic grids."""
    for rank in (2, 3):
        for rule, phase in (("reflecting", PI / 2), ("periodic", 0.3)):
            outputs = {"lap": "laplace(f)", "normal": "-grad'(grad(f))"}
            made = program(workshop, (rule,) * rank, outputs)
            wave = PI if rule == "reflecting" else 2 * PI
            found, exact = [], []
            for size in SIZES[rank]:
                coordinates = plane(size, (rule,) * rank)
                f = np.prod([np.sin(wave * x + phase) for x in coordinates],
                            axis=0)
                found.append(made.run({"f": f}, outputs))
                exact.append(-rank * wave**2 * f)
            for key in outputs:
                for rows in (inside, first_row):
                    measure(workshop, "%s, %d-D, %s, %s" % (
                        key, rank, rule, rows.__name__),
                        [answer[key] for answer in found], exact, rows, 2)


def check_mixed(workshop):
    made = program(workshop, ("periodic", "periodic"),
                   {"both": "(central(x)*central(y))(f)"})
    found, exact = [], []
    for size in SIZES[2]:
        x, y = plane(size, ("periodic", "periodic"))
        found.append(made.run({"f": np.sin(2 * PI * x + 0.3) *
                               np.cos(2 * PI * y)}, ["both"])["both"])
        exact.append(-4 * PI**2 * np.cos(2 * PI * x + 0.3) *
                     np.sin(2 * PI * y))
    measure(workshop, "central(x)*central(y)", found, exact,
            lambda values: values, 2)


# Values that vary along the sides: u = sin(2*x + y + 0.4).
VARYING = ("x low dirichlet sin(y + 0.4), x high dirichlet sin(y + 2.4), "
           "y low dirichlet sin(2*x + 0.4), y high dirichlet sin(2*x + 1.4)")
BOTH = "grid X : 2d, boundary %s, extent [0, 1]\ninput f on X\n" % VARYING


def varying(x, y):
    return np.sin(2 * x + y + 0.4)


SIDES = {"inside": inside, "low x": lambda a: a[0, 1:-1],
         "high x": lambda a: a[-1, 1:-1], "low y": lambda a: a[1:-1, 0],
         "high y": lambda a: a[1:-1, -1],
         "corners": lambda a: a[::len(a) - 1, ::len(a) - 1]}


def check_varying(workshop):
    made = workshop.compile(BOTH + "output u = laplace(f)\n")
    found, exact = [], []
    for size in SIZES[2]:
        u = varying(*plane(size, ("dirichlet", "dirichlet")))
        found.append(made.run({"f": u}, ["u"])["u"])
        exact.append(-5 * u)
    for title, rows in SIDES.items():
        measure(workshop, "laplace, values along the sides, %s" % title, found,
                exact, rows, 2)


# -- solutions -----------------------------------------------------------------
#
# Of elliptic problems, whose errors are of second order everywhere: the first
# order of the rows next to a neumann side has no more weight than one row has.

SOLVE = """%s
fun A(v) = %s
solve A(v) = f %s by cg() until residual < 1e-12, at most 300 else accept
output v
"""


def sides(kind, low, high):
    return ("grid X : 1d, boundary low %s %r, high %s %r, extent [0, 1]\n"
            "input f on X\n" % (kind, float(low), kind, float(high)))


def check_poisson(workshop):
    values = sides("dirichlet", np.sin(0.4), np.sin(2.4))
    slopes = sides("neumann", -2 * np.cos(0.4), 2 * np.cos(2.4))
    for start in ("", "from f"):
        for title, grid, equation, rules, eigenvalue in (
                ("Poisson, 1-D, dirichlet", values, "-laplace(v)",
                 ("dirichlet",), 4),
                ("Poisson, 2-D, values along the sides", BOTH, "-laplace(v)",
                 ("dirichlet",) * 2, 5),
                ("v - v'', 1-D, neumann", slopes, "v - laplace(v)",
                 ("neumann",), 5)):
            check_solutions(workshop, "%s %s" % (title, start),
                            SOLVE % (grid, equation, start), rules, eigenvalue)


def check_solutions(workshop, title, script, rules, eigenvalue):
    """The solutions are sines, eigenfunctions of A."""
    made = workshop.compile(script)
    errors = []
    for size in (15, 31, 63):
        coordinates = plane(size, rules) + [0]
        exact = np.sin(2 * coordinates[0] + coordinates[1] + 0.4)
        v = made.run({"f": eigenvalue * exact}, ["v"])["v"]
        errors.append(largest(v - exact))
    check_order(workshop, title, errors, 2)


def main():
    workshop = Workshop(sys.argv[1])
    check_lines(workshop)
    check_one_sided(workshop)
    check_space(workshop)
    check_mixed(workshop)
    check_varying(workshop)
    check_poisson(workshop)
    return workshop.finish()


sys.exit(main())
