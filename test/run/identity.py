#!/usr/bin/env python3
"""An operator that is the identity hands fields on bit by bit, whether the
compiler knows it (a weight of 1) or not (a parameter that is 1).

usage: identity.py path/to/pdec
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from programs import Workshop, compile_both, same_bits

SCRIPT = """grid X : 1d, boundary %s
param w = 1.0, n = 3
input f on X
let K = stencil(x, [1])
let M = stencil(x, [w])
evolve u from f by u -> K(K'(u)) for n steps
output once = K(f), back = K'(f), weighted = M(f), weighted_back = M'(f), u
"""
OUTPUTS = ["once", "back", "weighted", "weighted_back", "u"]


def special_values(dtype):
    """Zeros of both signs, the least and the largest numbers."""
    info = np.finfo(dtype)
    return np.array([0.0, -0.0, 1.5, info.tiny, -info.max, info.max,
                     info.smallest_subnormal, -0.0], dtype)


def main():
    workshop = Workshop(sys.argv[1])
    for boundary in ("reflecting", "periodic", "dirichlet 3", "neumann 2"):
        programs = compile_both(workshop, SCRIPT % boundary)
        for (form, precision), program in programs.items():
            given = special_values("f8" if precision == "f64" else "f4")
            found = program.run({"f": given}, OUTPUTS)
            for name in OUTPUTS:
                workshop.check(
                    "%s, %s, %s, %s" % (name, boundary, precision, form),
                    same_bits(found[name], given), "found %s" % found[name])
    return workshop.finish()


sys.exit(main())
