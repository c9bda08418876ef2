#!/usr/bin/env python3
"""How much of the longest stable step limit(R) is, for each flux of the library,
operator, rule of sides and number of cells: the tables of docs/limits.md.

usage: limits_table.py PDEC PAGE [--write]

The longest step is that of singular values and eigenvalues of dense matrices.
--write makes the page anew; without it, the page found must be the one in PAGE.
"""

import functools
import os
import subprocess
import sys

import numpy as np

sys.dont_write_bytecode = True
import sharpness
from comparison import Workshop
from diffusion_steps import (
    DIFFERENCES, DIFFUSIVITIES, Stencil, d2, differences)
from grids import Grid
from limits import ABOVE, flux
from sides import Side

SIZES = sharpness.SIZES
TABLED = dict(sharpness.RULES, **{
    "robin(1, 1, 0)": (Side("robin", 1.0, 1.0, 0.0),)*2})
RULES = dict(TABLED, **{"neumann 1": (Side("neumann", 1.0),)*2})
SHARP = 0.98

# -- operators -------------------------------------------------------------------
#
# Those with a flux by its name, and those that are linear. In two dimensions a
# grid has three cells along its second axis.

ONE = "let p = {0}(X.x)(u)\n  return -{0}(X.x)'({1})"
WITH_FLUX = {
    "forward": ("X", lambda name: ONE.format("forward", flux(name, "p"))),
    "backward": ("X", lambda name: ONE.format("backward", flux(name, "p"))),
    "central": ("X", lambda name: ONE.format("central", flux(name, "p"))),
    "d2": ("X", lambda name: ONE.format("d2", flux(name, "p"))),
    "grad": ("Y", lambda name: "let p, q = grad(u)\n  return -grad'([%s, %s])"
             % (flux(name, "p"), flux(name, "q"))),
    "grad, coupled": ("Y", lambda name: "let p, q = grad(u)\n  let g = %s\n"
                      "  return -grad'([g*p, g*q])" % (
                          "1" if name == "linear" else
                          "%s_diffusivity(sqrt(p^2 + q^2), 1)" % name)),
}
LINEAR = {
    "d2 of order 4": ("X", "return 1/12*stencil(X.x, [-1, 16, -30, 16, -1])(u)"),
    "laplace": ("Y", "return laplace(u)"),
    "laplace twice": ("Y", "return -laplace(laplace(u))"),
}
FOURTH = Stencil([-1/12, 4/3, -5/2, 4/3, -1/12], -2, 0)


def along(stencil, rule, size):
    """A stencil's matrix on a line of cells."""
    return stencil.on(Grid((size,), [RULES[rule]], (1.0,)), [(0, 0)])[0]


@functools.cache
def on_a_line(operator, rule, size):
    """The largest eigenvalue of minus R, linearised where Phi(s)/s = 1, and a
    field of it."""
    if operator == "d2 of order 4":
        matrix = -along(FOURTH, rule, size)
    elif operator == "laplace":
        matrix = -along(d2(0), rule, size)
    else:
        (k, _), = differences(operator, RULES[rule], size)
        matrix = k.T @ k
    values, vectors = np.linalg.eigh(matrix)
    return values[-1], vectors[:, -1]


def fastest(operator, rule, size):
    """The same in two dimensions, too, where those of the axes add up."""
    if operator in DIFFERENCES or operator == "d2 of order 4":
        return on_a_line(operator, rule, size)
    part = "forward" if operator.startswith("grad") else "laplace"
    (x, u), (y, v) = [on_a_line(part, rule, n) for n in (size, 3)]
    return (x + y)**(2 if operator == "laplace twice" else 1), np.outer(u, v)


# -- what a program says -----------------------------------------------------------


def is_refused(operator, rule):
    return operator == "d2 of order 4" and rule.startswith("robin")


def cases(rule):
    """Of each operator and flux the grid and the body of R."""
    made = [(operator, name, grid, body(name))
            for operator, (grid, body) in WITH_FLUX.items()
            for name in DIFFUSIVITIES]
    return made + [(operator, "", grid, body)
                   for operator, (grid, body) in LINEAR.items()
                   if not is_refused(operator, rule)]


def clauses(grid):
    """The boundary of a grid of two axes, with the same rule on both."""
    low, high = grid.sides[0]
    if low.kind == "periodic":
        return "periodic"
    return ", ".join("%s %s %s" % (axis, end, side.text) for axis in "xy"
                     for end, side in (("low", low), ("high", high)))


def grids(rule):
    return "grid X : 1d, boundary %s\ngrid Y : 2d, boundary %s\n" \
        "input f on X\ninput g on Y\n" % (
            rule, clauses(Grid((2, 3), [RULES[rule]]*2, (1.0, 1.0))))


def limit_of(number, grid, body):
    return "fun R%d(u) = {\n  %s\n}\noutput l%d = like(%s, limit(R%d, %s))\n" % (
        number, body, number, {"X": "f", "Y": "g"}[grid], number, grid)


def step_of(number, grid):
    """One step; a loop would take longer to compile, and make the same."""
    return "param t%d = 0.01\ninput s%d on %s\noutput v%d = s%d + t%d*R%d(s%d)\n" % (
        (number, number, grid) + (number,)*5)


class Measured:
    """Shares by operator, flux, rule and size; none where any step is stable."""

    def __init__(self, workshop):
        self.workshop, self.shares = workshop, {}
        for turn, rule in enumerate(RULES):
            self.measure(turn, rule)

    def measure(self, turn, rule):
        """One program for all sizes, which its inputs give."""
        chosen = list(DIFFUSIVITIES)[turn], ""
        # What a slope beyond a side adds is no growth, and no limit depends on
        # it: one flux is enough.
        made = [case for case in cases(rule)
                if rule in TABLED or case[1] in chosen]
        # Each operator with one flux, in turn.
        grown = [k for k, case in enumerate(made)
                 if rule in TABLED and case[1] in chosen]
        script = grids(rule) + "".join(
            limit_of(k, grid, body) + (step_of(k, grid) if k in grown else "")
            for k, (_, _, grid, body) in enumerate(made))
        program = self.workshop.compile(script, "-O", "0")
        for size in SIZES:
            true = {operator: fastest(operator, rule, size)
                    for operator in list(WITH_FLUX) + list(LINEAR)}
            fields = {"f": np.zeros(size), "g": np.zeros((size, 3))}
            steps = {}
            for k in grown:
                largest, start = true[made[k][0]]
                fields["s%d" % k] = 1e-6*start
                steps["t%d" % k] = 1.02*2/max(largest, 1e-6)
            answer = program.run(fields, ["l%d" % k for k in range(len(made))] +
                                 ["v%d" % k for k in grown], steps)
            for k, (operator, name, _, _) in enumerate(made):
                self.judge((operator, name, rule, size), true[operator][0],
                           answer["l%d" % k].flat[0],
                           answer["v%d" % k] if k in grown else None)

    def judge(self, case, largest, limit, end):
        check, title = self.workshop.check, "%s of %s, %s, %d cells" % (
            case[1], case[0], case[2], case[3])
        if largest < 1e-12:
            check(title + ": nothing limits a step", limit > 1e9, limit)
            return
        self.shares[case] = share = limit*largest/2
        check(title + ": a true limit", 0 < share <= ABOVE, share)
        if end is not None:
            check(title + ": growth beyond it", np.linalg.norm(end) > 1.03e-6,
                  np.linalg.norm(end))

    def least(self, *wanted):
        """Of all shares with these, where None is any."""
        return min((share for case, share in self.shares.items() if all(
            w is None or w == c for w, c in zip(wanted, case))), default=None)


# -- the page ----------------------------------------------------------------------

HEAD = """\
# How sharp limit(R) is

Made by `test/oracle/limits_table.py --write`, checked by each run of the tests.

A number is `limit(R)` divided by the longest step that lets no Euclidean norm grow. That step is 2 divided by the largest eigenvalue of R where Phi(s)/s = 1, of dense matrices with their
boundary rows. In each row a step 1.02 times as long lets a field grow. No number is above 1: `limit(R)` is a bound. It is what a program says whose grid has the size of its input.

With a flux R is `-K'(Phi(K(u)))`, with spacing 1 and contrast 1; for `grad` each component has its flux, and coupled ones have a common diffusivity, of the length of the gradient. `grad` and
`laplace` are on N x 3 cells, the others on N. Sides are the same along both axes. Slopes at sides (`neumann 1`) have the numbers of reflecting ones.
"""

BY_SIZE = """
## By the number of cells

The least number of all fluxes. *any*: R is zero, and any step is stable. *none*: `limit(R)` is an error (E0802).

"""

BY_FLUX = """
## By flux

The least number of all N.

"""

BELOW = """
`fab` is missing: its Phi(s)/s is negative for some s, so that the norm of some fields grows whatever the step, and `limit(R)` is an error (E0802).

## Where it is below 0.98

"""

# Of operator, sides and flux, where None is any.
REASONS = {
    ("grad, coupled", None, "weickert"):
        "Phi(s)/s is bounded over both differences by intervals, which do not know that t is the same twice in 2*t/(1 + t). Halving these intervals ends when there are too many",
    ("d2 of order 4", "dirichlet 0", None):
        "of stencils that reach farther than one cell the bound between such sides is the largest value of the symbol, 16/3, for any N; few cells have no wave that attains it",
    ("d2 of order 4", "low dirichlet 0, high reflecting", None):
        "the same",
    ("laplace", "robin(1, 1, 0)", None):
        "Gershgorin's circles have the sum of magnitudes of each row, which is more than the largest eigenvalue: no closed form is known for such sides",
    ("laplace twice", "robin(1, 1, 0)", None):
        "the square of the number above",
}
NONE = """
There is none for the second difference of order 4 between robin sides: its values two cells beyond a side make the matrix one that is not symmetric.
"""


def row(*cells):
    return "| %s |\n" % " | ".join(cells)


def head(*cells):
    return row(*cells) + "|" + "---|"*len(cells) + "\n"


def page(measured):
    text = HEAD + BY_SIZE + head("operator", "sides",
                                 *["N = %d" % n for n in SIZES])
    for operator in list(WITH_FLUX) + list(LINEAR):
        for rule in TABLED:
            text += row(operator, rule, *[
                cell(operator, rule, measured.least(operator, None, rule, size))
                for size in SIZES])
    text += BY_FLUX + head("flux", "operator", *TABLED)
    for name in DIFFUSIVITIES:
        for operator in WITH_FLUX:
            text += row(name, operator, *[
                "%.3f" % measured.least(operator, name, rule, None)
                for rule in TABLED])
    text += BELOW + head("operator", "sides", "flux", "least", "why")
    for (operator, rule, name), why in REASONS.items():
        text += row(operator, rule or "any", name or "", "%.3f" %
                    measured.least(operator, name, rule, None), why)
    return text + NONE


def cell(operator, rule, share):
    if is_refused(operator, rule):
        return "none"
    return "any" if share is None else "%.3f" % share


# -- what the page says beside its numbers ------------------------------------------


def has_reason(case):
    operator, name, rule, _ = case
    return any(operator == o and r in (None, rule) and
               n in (None, name) for o, r, n in REASONS)


def check_reasons(workshop, measured):
    """Each number below the bound has one, and no reason is for nothing."""
    for case, share in measured.shares.items():
        workshop.check("%s, %s, %s, %d: sharp, or with a reason" % case,
                       share >= SHARP or has_reason(case), share)
    for operator, rule, name in REASONS:
        least = measured.least(operator, name, rule, None)
        workshop.check("%s, %s: not sharp" % (operator, rule), least < SHARP,
                       least)


def check_slopes(workshop, measured):
    for (operator, name, rule, size), share in measured.shares.items():
        if rule == "neumann 1":
            other = measured.shares[operator, name, "reflecting", size]
            workshop.check("%s, %d cells: slopes at sides" % (operator, size),
                           abs(share - other) < 1e-11, (share, other))


def check_refused(workshop):
    for title, rule, (grid, body) in (
            ("fab", "reflecting", ("X", ONE.format("forward", flux("fab", "p")))),
            ("order 4", "robin(1, 1, 0)", LINEAR["d2 of order 4"])):
        path = workshop.write(title.replace(" ", "") + ".pde",
                              grids(rule) + limit_of(0, grid, body))
        done = subprocess.run([workshop.pdec, "check", path],
                              capture_output=True, text=True)
        workshop.check(title + " has no limit", done.returncode == 1 and
                       "[E0802]" in done.stderr, done.stderr)


def main():
    workshop, path = Workshop(sys.argv[1]), sys.argv[2]
    measured = Measured(workshop)
    check_reasons(workshop, measured)
    check_slopes(workshop, measured)
    check_refused(workshop)
    made = page(measured)
    if "--write" in sys.argv:
        with open(path, "w") as file:
            file.write(made)
    with open(path) as file:
        workshop.check("the page is up to date", file.read() == made, made)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
