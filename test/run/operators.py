#!/usr/bin/env python3
"""Operators and adjoints against matrices made from their definition: every
boundary rule, every size from the smallest on, both forms, both precisions.

usage: operators.py path/to/pdec
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from programs import FORMS, Workshop, random, same_bits
from reference import Operator, PERIODIC, REFLECTING

# name: the script's operator, its weights for h = 1, the first offset
STENCILS = {
    "fw": ("forward(x)", [-1, 1], 0),
    "bw": ("backward(x)", [-1, 1], -1),
    "ce": ("central(x)", [-0.5, 0, 0.5], -1),
    "dd": ("d2(x)", [1, -2, 1], -1),
    "wide": ("stencil(x, [0.5, -1, 2, 0.25, 0.3, 1, -0.7])",
             [0.5, -1, 2, 0.25, 0.3, 1, -0.7], -3),
    "left": ("stencil(x, [0.5, -1.5, 1], from = -3)", [0.5, -1.5, 1], -3),
    "right": ("stencil(x, [1, -3, 2, 0.5], from = 0)", [1, -3, 2, 0.5], 0),
    "away": ("stencil(x, [1, -0.25], from = 2)", [1, -0.25], 2),
    "one": ("stencil(x, [1.5], from = 1)", [1.5], 1),
}
BOUNDARIES = [
    (REFLECTING, REFLECTING), (PERIODIC, PERIODIC), (0.0, 0.0), (1.5, -0.75),
    (REFLECTING, 0.5), (-2.0, REFLECTING),
]
SIZES = list(range(1, 41)) + [63, 64, 65, 255, 300]
SMALLEST = 6  # of a grid with all these stencils: the extent of the widest
# Single precision makes the same code of other widths: fewer sizes will do.
F32_SIZES = {1, 2, 3, 6, 8, 9, 15, 16, 17, 33, 255}


def rule(side):
    return "dirichlet %r" % side if isinstance(side, float) else side


def script(low, high, names):
    boundary = low if low == PERIODIC else "low %s, high %s" % (rule(low),
                                                                rule(high))
    lines = ["grid X : 1d, boundary %s" % boundary, "input f on X",
             "input g on X", "fun Phi(s) = s/(1 + s^2)"]
    for name in names:
        lines.append("let k_%s = %s" % (name, STENCILS[name][0]))
        # The sum with g leaves the rows beyond the cells out.
        lines.append("output a_%s = k_%s(f) + g" % (name, name))
        lines.append("output t_%s = k_%s'(Phi(k_%s(g)))" % ((name,) * 3))
        if not extra_rows(name, low, high):
            lines.append("output d_%s = k_%s'(g)" % (name, name))
    return "\n".join(lines) + "\n"


def extra_rows(name, low, high):
    operator = Operator(9, low, high, STENCILS[name][1], STENCILS[name][2])
    return operator.num_rows != 9


def expected(n, low, high, names, f, g):
    result = {}
    for name in names:
        operator = Operator(n, low, high, STENCILS[name][1], STENCILS[name][2])
        result["a_" + name] = operator.on_cells(operator.apply(f)) + g
        flux = operator.apply(g)
        result["t_" + name] = operator.transposed(flux / (1 + flux**2))
        if not extra_rows(name, low, high):
            result["d_" + name] = operator.transposed(g)
    return result


def compare(workshop, programs, n, low, high, names, numbers):
    f, g = random(numbers, (2, n))
    answer = expected(n, low, high, names, f, g)
    title = "%s/%s, %d cells, " % (low, high, n)
    inputs = {"f": f, "g": g}
    for precision, tolerance in (("f64", 1e-13), ("f32", 1e-5)):
        if precision == "f32" and n not in F32_SIZES:
            continue
        kernel = programs["kernel", precision].run(inputs, answer, threads=2)
        network = programs["network", precision].run(inputs, answer)
        for name, value in answer.items():
            workshop.check_close(title + precision + " " + name,
                                 kernel[name].astype(float), value, tolerance)
            workshop.check(title + precision + " " + name + ": network",
                           same_bits(kernel[name], network[name]),
                           "%s\n%s" % (kernel[name], network[name]))


def main():
    workshop = Workshop(sys.argv[1])
    numbers = np.random.default_rng(1)
    narrow = ["fw", "bw", "ce", "dd", "one"]
    for low, high in BOUNDARIES:
        for names, sizes in ((narrow, SIZES[:SMALLEST + 2]),
                             (list(STENCILS), SIZES)):
            text = script(low, high, names)
            programs = {
                (form, precision): workshop.compile(
                    text, *FORMS[form], "--precision", precision)
                for form in FORMS
                for precision in ("f64", "f32")}
            least = max(
                max(-first, first + len(weights) - 1, len(weights) - 1, 1)
                for _, weights, first in (STENCILS[name] for name in names))
            for n in sizes:
                if n >= least:
                    compare(workshop, programs, n, low, high, names, numbers)
    return workshop.finish()


sys.exit(main())
