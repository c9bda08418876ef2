#!/usr/bin/env python3
"""Random tiny scripts in two and three dimensions whose sides are given by
functions of coordinates, beside periodic axes: schemes of several stages with
fluxes that couple components. The kernel has the bits of the network.

usage: coupled-sides.py PDEC [COUNT [SEED]]
"""

import os
import random
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "run"))
from programs import FORMS, Workshop, same_bits  # noqa: E402

VALUES = ["y + z", "cos(y)", "x*y", "sin(x + 2*y)", "0.5 - x", "z*y", "0.25"]
FLUXES = ["p/(1 + inner(p, p))", "sin(inner(p, p))*p", "p/sqrt(1 + inner(p, p))",
          "exp(-inner(p, p))*p"]
STEPS = ["heun(R, 0.1)", "ssprk3(R, 0.1)", "rk4(R, 0.1)",
         "twice(R)", "u -> u + 0.1*R(cos(u))", "fsi(R, 0.1, cycle = 2)"]
OPERATORS = ["central(x)*central(y)", "laplace", "d2(x) + d2(y)"]


def boundary(rng, axes, rank):
    value = rng.choice([v for v in VALUES if rank == 3 or "z" not in v])
    rules = ["dirichlet " + value, "dirichlet " + value, "reflecting",
             "neumann " + value, "robin(1, 0.5, %s)" % value, "extrapolated"]
    parts = []
    for i, axis in enumerate(axes):
        is_last = i + 1 == rank
        if rng.random() < (0.8 if is_last else 0.15):
            parts.append(axis + " periodic")
        else:
            parts += ["%s %s %s" % (axis, side, rng.choice(rules))
                      for side in ("low", "high")]
    return ", ".join(parts)


def script(rng):
    rank = rng.choice([2, 3])
    axes = "xyz"[:rank]
    sizes = [rng.choice([2, 2, 3, 4, 5]) for _ in axes]
    sizes[-1] = rng.choice([2, 3, 5, 9, 19])
    lines = ["grid X : %dd, size [%s], boundary %s" % (
        rank, ", ".join(map(str, sizes)), boundary(rng, axes, rank)),
        "input f on X = noise(%d)" % rng.randint(0, 99)]
    if rng.random() < 0.7:
        lines.append("fun R(u) = {\n  let p = grad(u)\n  return -grad'(%s)\n}" %
                     rng.choice(FLUXES))
    else:
        lines += ["let K = " + rng.choice(OPERATORS), "fun R(u) = K(sin(u))"]
    lines += ["scheme twice(R): u -> R(u + R(u))",
              "evolve u from f by %s for %d steps" % (rng.choice(STEPS),
                                                      rng.randint(1, 2)),
              "output u"]
    return "\n".join(lines) + "\n"


def main():
    workshop = Workshop(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 30
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 5)
    for _ in range(count):
        text = script(rng)
        precision = rng.choice(["f64", "f64", "f32"])
        kernel, network = (
            workshop.compile(text, *FORMS[form], "--precision", precision)
            .run({}, ["u"])["u"] for form in FORMS)
        workshop.check(text, same_bits(kernel, network),
                       "%s\n%s" % (kernel, network))
    return workshop.finish()


sys.exit(main())
