"""Derivatives in a direction, of fields, numbers and gradients, against central
differences of fourth order; the Hessian times a vector by two ways.

usage: directions.py path/to/pdec"""

import os
import sys

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "run"))
from programs import FORMS, Workshop, same_bits  # noqa: E402

GRID = "grid X : 1d, boundary low dirichlet 0.3, high reflecting, size 16\n"
STEPS = """param a = 0.3 where a > 0, tau = 0.2, n = 5
input f on X
input v on X
let D = forward(x)
fun Phi(s) = s*exp(-s^2/(2*a^2))
fun R(u) = -D'(Phi(D(u))) + d2(x)(u^2)/10
evolve u from f by explicit(R, tau) for n steps
"""
# The passes of the first end by a condition; its result is a fixed point.
IMPLICIT = """param a = 0.3 where a > 0
input f on X
input v on X
let D = forward(x)
fun Phi(s) = s/sqrt(1 + s^2/a^2)
fun R(u) = -D'(Phi(D(u)))
evolve w from f by implicit(R, 0.4, tol = 1e-15, omega = 0.6) for 2 steps
fun A(u) = (1 + a)*u - d2(x)(u)
solve A(u) = w by jacobi(0.8) until change < 1e-15, at most 1000
"""
ASKED = """let J = dot(u, u)/2 + sum(u^3) + a*norm_max(u)
let g = gradient(J, f)
output u, J_ = like(f, J), g, u_f = derivative(u, f, v),
    J_f = like(f, derivative(J, f, v)), u_a = derivative(u, a, 1),
    J_a = like(f, derivative(J, a, 1))%s
"""
SECOND = """, g_f = derivative(g, f, v), g_a = derivative(g, a, 1),
    again = gradient(derivative(J, f, v), f)"""


def check_script(workshop, title, text, names):
    programs = [workshop.compile(text, *options) for options in FORMS.values()]
    rng = np.random.default_rng(3)
    f, v = rng.uniform(-1, 1, 16), rng.uniform(-1, 1, 16)
    kernel, network = (program.run({"f": f, "v": v}, names)
                       for program in programs)
    workshop.check(title + ": forms", all(
        same_bits(kernel[name], network[name]) for name in names))

    def at(name, by, e):
        inputs = {"f": f + e*v if by == "f" else f, "v": v}
        params = {"a": 0.3 + e} if by == "a" else {}
        return programs[0].run(inputs, [name], params)[name]

    def difference(name, by, e):
        return (at(name, by, e) - at(name, by, -e))/(2*e)
    for name in names:
        of, _, by = name.partition("_")
        if not by or name == "J_":
            continue
        of = "J_" if of == "J" else of
        e = 1e-3
        two = difference(of, by, e), difference(of, by, e/2)
        # What the differences themselves are exact to.
        expected = (4*two[1] - two[0])/3
        tolerance = 1e-9 + np.max(np.abs(two[1] - expected))/20
        workshop.check_close("%s: %s" % (title, name), kernel[name], expected,
                             tolerance/np.max(np.abs(expected)))
    if "again" in names:
        workshop.check_close(title + ": two ways", kernel["again"],
                             kernel["g_f"], 1e-13)


def main():
    workshop = Workshop(sys.argv[1])
    first = ["u", "J_", "g", "u_f", "J_f", "u_a", "J_a"]
    check_script(workshop, "steps", GRID + STEPS + ASKED % SECOND,
                 first + ["g_f", "g_a", "again"])
    check_script(workshop, "iterations", GRID + IMPLICIT + ASKED % "", first)
    sys.exit(workshop.finish())


main()
