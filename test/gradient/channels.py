#!/usr/bin/env python3
"""Derivatives through operators between lists of fields, by their arrays, by
numbers added to each channel, and by fields, against steps in the imaginary
direction through the network as NumPy has it.

usage: channels.py path/to/pdec"""

import os
import sys

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "run"))
from programs import FORMS, Workshop, random, same_bits  # noqa: E402

SCRIPT = """grid X : 2d, boundary x %s, y %s
param W : real[2, 3, 2, 3, 2] = 0, b : real[2, 3] = 0, last = 1
input f on X
input g on X
fun net(f, g) = {
  var u = [f, g]
  for k in 0 .. last {
    let K = stencil(X, W[k])
    u = u - 0.3*K'(sin(K(u) + b[k]))
  }
  return u
}
let u = net(f, g)
let J = sum(u[0]^2) + sum(sin(u[1]))
output J, by_W = gradient(J, W), by_b = gradient(J, b), by_f = gradient(J, f),
    along = derivative(J, W, W), twice = gradient(derivative(J, W, W), g)
"""
SHAPE = (7, 6)
PADS = {"reflecting": "symmetric", "periodic": "wrap"}


def operator(weights, rules):
    """The dense matrix: three taps are centred, two begin at 0."""
    outs, ins = weights.shape[:2]
    cells = np.arange(np.prod(SHAPE)).reshape(SHAPE)
    wide = np.pad(cells, ((1, 1), (0, 0)), PADS[rules[0]])
    wide = np.pad(wide, ((0, 0), (0, 1)), PADS[rules[1]])
    matrix = np.zeros((outs, cells.size, ins, cells.size), weights.dtype)
    for m, n in np.ndindex(3, 2):
        read = wide[m:m + SHAPE[0], n:n + SHAPE[1]].ravel()
        for o, i in np.ndindex(outs, ins):
            np.add.at(matrix, (o, cells.ravel(), i, read), weights[o, i, m, n])
    return matrix.reshape(outs*cells.size, ins*cells.size)


def objective(W, b, f, g, rules):
    u = np.concatenate([f.ravel(), g.ravel()])
    for weights, bias in zip(W, b):
        K = operator(weights, rules)
        u = u - 0.3*K.T @ np.sin(K @ u + np.repeat(bias, f.size))
    one, other = u.reshape(2, -1)
    return np.sum(one**2) + np.sum(np.sin(other))


def derivative(function, at):
    """Exact to rounding: nothing is subtracted."""
    step, made = 1e-30, np.zeros(at.shape)
    for place in np.ndindex(at.shape):
        moved = at.astype(complex)
        moved[place] += 1j*step
        made[place] = function(moved).imag/step
    return made


def check(workshop, rules, numbers):
    W, b = random(numbers, (2, 3, 2, 3, 2))/2, random(numbers, (2, 3))
    f, g = random(numbers, SHAPE), random(numbers, SHAPE)
    by_W = derivative(lambda v: objective(v, b, f, g, rules), W)

    def along(g):
        """The derivative along W, of the outer direction exactly, of the inner
        one by differences of high order."""
        h, weights = 0.004, [4/5, -1/5, 4/105, -1/280]
        return sum(w/h*(objective(W*(1 + k*h), b, f, g, rules) -
                        objective(W*(1 - k*h), b, f, g, rules))
                   for k, w in enumerate(weights, 1))

    expected = {
        "J": np.array(objective(W, b, f, g, rules)), "by_W": by_W,
        "by_b": derivative(lambda v: objective(W, v, f, g, rules), b),
        "by_f": derivative(lambda v: objective(W, b, v, g, rules), f),
        "along": np.array(np.sum(by_W*W)), "twice": derivative(along, g)}
    np.save(workshop.path("W.npy"), W)
    np.save(workshop.path("b.npy"), b)
    answers = []
    for options in (*FORMS.values(), ("--as", "network")):
        program = workshop.compile(SCRIPT % rules, "-O", "1", *options)
        program.command += ["--set", "W=%s,b=%s" % (workshop.path("W.npy"),
                                                    workshop.path("b.npy"))]
        answers += [program.run({"f": f, "g": g}, list(expected),
                                threads=threads) for threads in (1, 2)]
    for name, value in expected.items():
        workshop.check_close("%s, %s, %s" % (*rules, name), answers[0][name],
                             value, 1e-6 if name == "twice" else 1e-12)
    for other in answers[1:]:
        workshop.check("%s, %s: the same bits" % rules,
                       all(same_bits(answers[0][name], other[name])
                           for name in expected))


def main():
    workshop = Workshop(sys.argv[1])
    numbers = np.random.default_rng(12)
    for rules in (("reflecting", "periodic"), ("periodic", "reflecting")):
        check(workshop, rules, numbers)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
