"""Derivatives in single precision against those in double, where operations
have operands of both: exponents, numbers beside fields, values of sides.

usage: precisions.py path/to/pdec"""

import os
import sys

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "run"))
from programs import Workshop  # noqa: E402

SCRIPT = """grid X : 1d, boundary dirichlet p^q, size 6
param p = 1.3, q = 0.7
input f on X = 1
let J = mean(%s)
let S = dot(gradient(J, f), f) + gradient(J, p)*gradient(J, q)
output J, by_p = gradient(J, p), by_q = gradient(J, q), by_f = gradient(J, f),
    along_q = derivative(%s, q, 2), twice = gradient(S, q)
"""
CELLS = ("(1.5 + f^2)^p", "(p + f)^q", "p^(f*q)", "(2 + laplace(f)^2)^-q",
         "q*f^(1/p)", "norm(f)^q*f", "(f*p)^q/(1 + f^p)")
OUTPUTS = ["J", "by_p", "by_q", "by_f", "along_q", "twice"]


def main():
    workshop = Workshop(sys.argv[1])
    f = np.array([0.3, 1.7, 0.9, 2.2, 0.4, 1.1])
    for number, cells in enumerate(CELLS):
        path = workshop.write("cells%d.pde" % number, SCRIPT % (cells, cells))
        double = workshop.in_memory(path).run({"f": f}, OUTPUTS)
        for form in ("kernel", "network"):
            single = workshop.in_memory(
                path, "--as", form, "--precision", "f32").run(
                    {"f": f.astype(np.float32)}, OUTPUTS)
            for name in OUTPUTS:
                workshop.check_close("%s, %s, %s" % (cells, form, name),
                                     single[name], double[name], 1e-5)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
