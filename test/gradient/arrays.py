"""Derivatives with respect to parameter arrays against reverse mode that is
written by hand: of filters and strengths that loops choose by their counters,
and of an array that evolves against its own derivative.

usage: arrays.py path/to/pdec"""

import os
import sys

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "run"))
from programs import FORMS, Workshop, random, same_bits  # noqa: E402

SCRIPT = """grid X : 2d, boundary %s
param W : real[3, 3, 2] = 0, a : real[2, 3] = 0, n = 1
input f on X
input g on X
fun net(f) = {
  var u = f
  for t in 0 .. n {
    var r = 0*u
    for k in 0 .. 2 {
      let K = stencil(X, W[k])
      let z = K(u)
      r = r + a[t, k]*K'(z*exp(-z^2/2))
    }
    u = u - r
  }
  return u
}
let u = net(f)
let J = dot(u - g, u - g)/2 + sum(W^2)
output u, by_W = gradient(J, W), by_a = gradient(J, a)
"""
DESCENT = """grid X : 1d, boundary reflecting
param w : real[3] = [0.25, 0.5, 0.25], n = 4
input f on X
input g on X
fun loss(w) = norm(stencil(x, w)(f) - g)^2
evolve v from w by v -> v - 0.01*gradient(loss(v), v) for n steps
output v
"""


def place(i, size, rule):
    if rule == "periodic":
        return i % size
    return -1 - i if i < 0 else 2*size - 1 - i if i >= size else i


def shifts(shape, offsets, rule):
    """Of each tap the matrix."""
    cells = np.arange(np.prod(shape)).reshape(shape)
    result = []
    for offset in offsets:
        index = np.ix_(*[[place(i + o, n, rule) for i in range(n)]
                         for n, o in zip(shape, offset)])
        result.append(np.eye(cells.size)[cells[index].ravel()])
    return result


def network(S, W, a, f, g):
    """The result and its derivatives by W and a."""
    states = [f]
    for strengths in a:
        u, r = states[-1], 0
        for w, s in zip(W, strengths):
            K = np.tensordot(w, S, 1)
            z = K @ u
            r = r + s*K.T @ (z*np.exp(-z**2/2))
        states.append(u - r)
    p, by_W, by_a = states[-1] - g, 2*W, np.zeros(a.shape)
    for t in range(len(a) - 1, -1, -1):
        u, q = states[t], p.copy()
        for k, w in enumerate(W):
            K = np.tensordot(w, S, 1)
            z = K @ u
            e = np.exp(-z**2/2)
            back = K @ p
            by_a[t, k] = -back @ (z*e)
            slope = -a[t, k]*back*e*(1 - z**2)
            by_W[k] += [-a[t, k]*(z*e) @ (s @ p) + slope @ (s @ u) for s in S]
            q += K.T @ slope
        p = q
    return states[-1], by_W, by_a


def check_network(workshop, rule, numbers):
    shape = (7, 6)
    # Three taps are centred, two begin at 0.
    offsets = [(i, j) for i in (-1, 0, 1) for j in (0, 1)]
    S = np.array(shifts(shape, offsets, rule))
    f, g = random(numbers, shape), random(numbers, shape)
    W, a = random(numbers, (3, 6))/3, random(numbers, (2, 3))/4
    expected = network(S, W, a, f.ravel(), g.ravel())
    np.save(workshop.path("W.npy"), W.reshape(3, 3, 2))
    np.save(workshop.path("a.npy"), np.asfortranarray(a))
    names = ["u", "by_W", "by_a"]
    answers = []
    for options in (*FORMS.values(), ("--as", "network")):
        program = workshop.compile(SCRIPT % rule, "-O", "1", *options)
        program.command += ["--set", "W=%s,a=%s" % (workshop.path("W.npy"),
                                                    workshop.path("a.npy"))]
        answers += [program.run({"f": f, "g": g}, names, threads=threads)
                    for threads in (1, 2)]
    shapes = [shape, (3, 3, 2), (2, 3)]
    for name, value, own in zip(names, expected, shapes):
        workshop.check_close("%s, %s" % (rule, name), answers[0][name],
                             value.reshape(own), 1e-12)
        for other in answers[1:]:
            workshop.check("%s, %s: forms" % (rule, name),
                           same_bits(answers[0][name], other[name]))


def check_descent(workshop, numbers):
    f, g = random(numbers, 9), random(numbers, 9)
    S = np.array(shifts((9,), [(-1,), (0,), (1,)], "reflecting"))
    w = np.array([0.25, 0.5, 0.25])
    for _ in range(4):
        misfit = np.tensordot(w, S, 1) @ f - g
        w = w - 0.01*np.array([2*misfit @ (s @ f) for s in S])
    answers = [workshop.compile(DESCENT, *options).run({"f": f, "g": g}, ["v"])
               for options in FORMS.values()]
    workshop.check_close("descent", answers[0]["v"], w, 1e-12)
    workshop.check("descent: forms",
                   same_bits(answers[0]["v"], answers[1]["v"]))


def main():
    workshop = Workshop(sys.argv[1])
    numbers = np.random.default_rng(8)
    check_network(workshop, "reflecting", numbers)
    check_network(workshop, "periodic", numbers)
    check_descent(workshop, numbers)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
