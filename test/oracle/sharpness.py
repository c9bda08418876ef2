#!/usr/bin/env python3
"""How much of the longest stable step is certified, for each flux of the library,
operator, rule of sides and number of cells: against singular values of dense
matrices. Without --every, each operator on each grid has one flux, in turn.

usage: sharpness.py path/to/pdec [--every]
"""

import itertools
import sys

import numpy as np

sys.dont_write_bytecode = True
from certified import certificates, held
from comparison import Workshop
from diffusion_steps import DIFFUSIVITIES, Rate, differences, explicit
from grids import PERIODIC, REFLECTING
from sides import Side

RULES = {
    "periodic": (PERIODIC, PERIODIC),
    "reflecting": (REFLECTING, REFLECTING),
    "dirichlet 0": (Side("dirichlet", 0.0),)*2,
    "low dirichlet 0, high reflecting": (Side("dirichlet", 0.0), REFLECTING),
}
SIZES = (2, 3, 5, 12, 64, 199)
OPERATORS = ("forward", "central", "d2", "grad")


def limit_script(rule, size, cases):
    """`cases` are names of operators and fluxes."""
    script = ("grid X : 1d, boundary %s, size %d\n" % (rule, size) +
              "grid Y : 2d, boundary %s, size [%d, 3]\n" % (
                  rule if rule == "periodic" or "low" in rule else
                  "x %s, y %s" % (rule, rule), size) +
              "param tau = 0.01\ninput f on X\ninput g on Y\n")
    for number, (operator, name) in enumerate(cases):
        argument = "p" if name == "linear" else "p, 1"
        grid, body = ("X", "let p = %s(X.x)(u)" % operator)
        back = "-%s(X.x)'(%s_flux(%s))" % (operator, name, argument)
        if operator == "grad":
            grid, body = "Y", "let p, q = grad(u)"
            back = "-grad'([%s_flux(%s), %s_flux(%s)])" % (
                name, argument, name, argument.replace("p", "q"))
        script += "fun R%d(u) = {\n  %s\n  return %s\n}\n" % (number, body,
                                                           back)
        script += "evolve u%d from %s by explicit(R%d, tau) for 1 steps\n" % (
            number, "f" if grid == "X" else "g", number)
        script += "output u%d\n" % number
    return script


def share(workshop, case, evolution):
    """Of the longest step, what is certified; nothing, where any is stable."""
    rule, size, operator, name = case
    title = "%s of %s, %s, %d cells" % (name, operator, rule, size)
    operators = differences(operator, RULES[rule], size)
    stacked = np.vstack([k for k, _ in operators])
    _, values, rows = np.linalg.svd(stacked, full_matrices=False)
    squared = values[0]**2
    workshop.check(title + ": held there", held(evolution, "norm")[0])
    limit = (evolution.get("step") or {}).get("limit")
    # A central difference of two cells around a circle is zero.
    if squared < 1e-12:
        return None
    if limit is None:
        workshop.check(title + ": a limit", False, evolution)
        return 0.0
    made = limit*squared/2
    workshop.check(title + ": a true limit", made <= 1 + 1e-11, made)
    workshop.check(title + ": a sharp limit", made >= 0.98, "%g, %s" % (
        made, evolution["operators"]))
    start = 1e-6*rows[0]
    end = explicit(Rate(operators, DIFFUSIVITIES[name]), 1.02*2/squared, start)
    workshop.check(title + ": growth beyond it", np.linalg.norm(end) >
                   1.03*np.linalg.norm(start))
    return made


def table(workshop, every):
    """The least of all fluxes, or of one for each pair, in turn."""
    names, shares = list(DIFFUSIVITIES), {}
    for turn, (rule, size) in enumerate(itertools.product(RULES, SIZES)):
        cases = [(operator, names[(turn + k + j) % len(names)])
                 for j, operator in enumerate(OPERATORS)
                 for k in range(len(names) if every else 1)]
        evolutions = certificates(workshop, limit_script(rule, size, cases))
        for (operator, name), evolution in zip(cases, evolutions):
            made = share(workshop, (rule, size, operator, name), evolution)
            if made is not None:
                shares.setdefault((operator, rule, size), []).append(made)
    for operator, rule in itertools.product(OPERATORS, RULES):
        least = [shares.get((operator, rule, size)) for size in SIZES]
        print("%-8s %-33s %s" % (operator, rule, "  ".join(
            "any  " if not made else "%.4f" % min(made) for made in least)))


def main():
    workshop = Workshop(sys.argv[1])
    table(workshop, every="--every" in sys.argv[2:])
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
