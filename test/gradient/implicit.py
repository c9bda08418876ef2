"""Gradients through iterations that end at a fixed point: those of many passes
that are gone back through one by one, at the cost of about one more solution.

usage: implicit.py path/to/pdec"""

import os
import sys

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "run"))
from library import Library  # noqa: E402
from programs import FORMS, Workshop  # noqa: E402

# What is solved until nothing changes, and the same by many passes.
IMPLICIT = """fun R(u) = -D'(charbonnier_flux(D(u), lambda)) + b*g
fun solved(u) = {
  return fixpoint v from u { u + tau*R(v) } until change < 1e-14
}
fun passes(u) = {
  var v = u
  for k in 1 .. 200 {
    v = u + tau*R(v)
  }
  return v
}
"""
EQUATION = """fun A(u) = (1 + lambda*g^2)*u - tau*laplace(u)
solve A(v0) = f + b by %s until change < 1e-14, at most 2000
fun solved(u) = v0
fun passes(u) = repeated(%s(A, f + b), 200, like(f, 0))
"""
CASES = {
    "an implicit step": IMPLICIT,
    "jacobi": EQUATION % (("jacobi(4/5)",)*2),
    "v_cycle": EQUATION % (("v_cycle(levels = 3)",)*2)}
SCRIPT = """grid X : 1d, boundary low dirichlet b, high dirichlet 0.5
param lambda = 0.7 where lambda > 0, tau = 0.15, b = 0.25
input f on X
input g on X
let D = forward(x)
%s
fun J(u) = sum(sin(u)) + dot(u, g)
let one = J(solved(f))
let other = J(passes(f))
output values = like(f, one), f0 = gradient(one, f), f1 = gradient(other, f),
    g0 = gradient(one, g), g1 = gradient(other, g),
    l0 = like(f, gradient(one, lambda)), l1 = like(f, gradient(other, lambda)),
    t0 = like(f, gradient(one, tau)), t1 = like(f, gradient(other, tau)),
    b0 = like(f, gradient(one, b)), b1 = like(f, gradient(other, b))
"""


class Case:
    """What a library is run with."""

    params = {"lambda": 0.7, "tau": 0.15, "b": 0.25}
    fields = ["f", "g"]
    outputs = ["values"] + [name + end for name in "fgltb" for end in "01"]
    shape = (15,)


def check(workshop, name, text):
    numbers = np.random.default_rng(3)
    fields = {key: numbers.uniform(-1, 1, Case.shape) for key in Case.fields}
    for form, options in FORMS.items():
        library = Library(workshop, SCRIPT % text, "-O", "0", *options)
        passes = {}
        found = library.run(Case, fields, Case.params, passes=passes)
        for key in "fgltb":
            workshop.check_close("%s, %s, %s" % (name, form, key),
                                 found[key + "0"], found[key + "1"], 1e-8)
        # Cycles end on their coarsest grid by conjugate gradients, which are
        # gone back through pass by pass.
        if name == "v_cycle":
            continue
        first, second = passes.values()
        workshop.check("%s, %s: passes" % (name, form),
                       second <= 1.2*first + 3, passes)


def main():
    workshop = Workshop(sys.argv[1])
    for name, text in CASES.items():
        check(workshop, name, text)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
