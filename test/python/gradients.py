#!/usr/bin/env python3
"""Derivatives from Python, against differences of the program itself.

usage: gradients.py path/to/pdec
"""

import pickle
import sys

import numpy as np

sys.dont_write_bytecode = True
from package import open_workshop, refusal
import pdec

SCRIPT = """grid X : 2d, boundary reflecting, extent [0, 1], size 8
grid Y : 1d, boundary dirichlet 0
param tau = 2e-3, lambda = 0.5, n = 6
input f on X = step(X.x - 0.5)
input g on Y
let D = forward(y)
evolve u from f
    by u -> u - tau*D'(charbonnier_flux(D(u), lambda)) for n steps
let energy = lambda*dot(g, g)
let v = g^3
let p = forward(Y.x)(g)
output u, energy, v, p, doubled = 2*u
"""


def difference(function, h):
    """Of order 4, at 0."""
    return (8*(function(h) - function(-h)) -
            (function(2*h) - function(-2*h)))/(12*h)


def check_values(workshop, form):
    program = pdec.compile(SCRIPT, name="own", form=form)
    both = program.gradient("f", "g", "tau", "lambda", of=["u", "energy", "v"])
    rng = np.random.default_rng(1)
    f, df, w = rng.random((3, 8, 8))
    g, dg, z = rng.random((3, 20))
    given = dict(tau=0.01, lambda_=0.3, n=4)
    result = both(f=f, g=g, u_bar=w, v_bar=z, energy_bar=0.7, **given)

    def total(s, along):
        moved = dict(given)
        if along in moved:
            moved[along] += s
        out = program(f=f + s*df*(along == "f"), g=g + s*dg*(along == "g"),
                      **moved)
        return (w*out.u).sum() + 0.7*out.energy + (z*out.v).sum()
    workshop.check(form + ": the values themselves", np.array_equal(
        result.u, program(f=f, g=g, **given).u) and
        result.energy == program(f=f, g=g, **given).energy)
    for along, slope in (("f", (result.d_f*df).sum()),
                         ("g", (result.d_g*dg).sum()),
                         ("tau", result.d_tau), ("lambda_", result.d_lambda)):
        expected = difference(lambda s: total(s, along),
                              2e-6 if along == "tau" else 1e-4)
        workshop.check("%s: derivative by %s" % (form, along),
                       abs(slope - expected) < 1e-9*max(1, abs(expected)),
                       (slope, expected))
    again = pickle.loads(pickle.dumps(both))
    workshop.check(form + ": pickled", np.array_equal(again(
        f=f, g=g, u_bar=w, v_bar=z, energy_bar=0.7, **given).d_f, result.d_f))


def check_refusals(workshop):
    program = pdec.compile(SCRIPT, name="own")

    def refused(expected, *names, **given):
        told = refusal(pdec.Error, program.gradient, *names, **given)
        workshop.check("refused: " + expected, told == expected, told)
    refused("gradient needs the name of an input or parameter")
    refused("parameter 'n' is an integer, which has no derivative", "n",
            of=["u"])
    refused("<stdin> has no input or parameter 'ff' (did you mean 'f'?)", "ff",
            of=["u"])
    refused("the script has no output 'w'", "f", of=["w"])
    refused("output 'p' lies on faces, of which gradient takes no weights: name"
            " other outputs by of=[...]", "g")
    refused("output 'doubled' has no name in the script, which gradient needs: "
            "write 'let doubled = ...' and 'output doubled'", "f",
            of=["doubled"])
    library = pdec.load(program.path)
    told = refusal(pdec.Error, library.gradient, "f")
    workshop.check("of a library", "without its script" in told, told)
    other = pdec.compile("grid X : 1d, size 3, boundary periodic\n"
                         "input f on X\nlet f_bar = 2*f\n"
                         "let g = f_bar\noutput f, g\n", name="names")
    told = refusal(pdec.ArgumentError, other.gradient, "f")
    workshop.check("of names that are taken", told == "the script uses the name"
                   " 'f_bar', which gradient needs", told)


def main():
    workshop = open_workshop()
    check_values(workshop, "kernel")
    check_values(workshop, "network")
    check_refusals(workshop)
    return workshop.finish()


sys.exit(main())
