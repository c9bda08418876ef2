"""Gradients of diffusion against reverse mode that is written by hand: of the
misfit after some steps with respect to the initial field, the contrast, the
length of a step and the value at a side; with the flux of a line, and with one
that couples the axes of a plane.

usage: by_hand.py path/to/pdec"""

import os
import sys

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "run"))
from programs import FORMS, Workshop, random, same_bits  # noqa: E402

SCRIPT = """grid X : %s
param lambda = 0.3 where lambda > 0, tau = 0.2, b = 0.25, n = 12
input f on X
input g on X
fun R(u) = {
  let p = grad(u)
  return -grad'(p/sqrt(1 + inner(p, p)/lambda^2))
}
evolve u from f by explicit(R, tau) for n steps
let J = dot(u - g, u - g)/2
output u, in_f = gradient(J, f), lambda_ = like(f, gradient(J, lambda)),
    tau_ = like(f, gradient(J, tau)), b_ = like(f, gradient(J, b))
"""
LAMBDA, TAU, B, STEPS = 0.3, 0.2, 0.25, 12


def line(size):
    """The matrix of forward differences between mirrored ends."""
    matrix = np.eye(size, k=1) - np.eye(size)
    matrix[-1] = 0
    return matrix


def between_given_ends(size):
    """The same with a value beyond both ends, whose faces are rows, and what
    they have of that value."""
    wide = np.eye(size + 1, size + 2, k=1) - np.eye(size + 1, size + 2)
    return wide[:, 1:-1], wide[:, 0] + wide[:, -1]


def of_line(size):
    """Differences are A u + c b, a component after the other."""
    return [line(size)], [np.zeros(size)]


def of_plane(rows, columns):
    """Values are given at the ends of the first axis. There, in the row beyond
    the low end, the other component is the difference of equal values."""
    across, given = between_given_ends(rows)
    along = np.zeros((rows + 1, rows))
    along[1:] = np.eye(rows)
    return ([np.kron(across, np.eye(columns)), np.kron(along, line(columns))],
            [np.kron(given, np.ones(columns)),
             np.zeros((rows + 1)*columns)])


def reverse_mode(parts, f, g):
    """The result and the four derivatives."""
    A, c = (np.concatenate(part) for part in parts)
    components = len(parts[0])

    def inner(a, b):
        """Of the components, at each place, for each of them."""
        return np.tile(np.sum(np.reshape(a*b, (components, -1)), 0), components)

    def differences(u):
        return A @ u + c*B
    states = [f]
    for _ in range(STEPS):
        q = differences(states[-1])
        states.append(states[-1] - TAU*A.T @ (
            q/np.sqrt(1 + inner(q, q)/LAMBDA**2)))
    p, of_lambda, of_tau, of_b = states[-1] - g, 0.0, 0.0, 0.0
    for u in states[-2::-1]:
        q, w = differences(u), A @ p
        s = 1 + inner(q, q)/LAMBDA**2
        back = w/np.sqrt(s) - q*inner(q, w)/(LAMBDA**2*s**1.5)
        of_lambda -= TAU*np.sum(w*q*inner(q, q)/(LAMBDA**3*s**1.5))
        of_tau -= np.dot(w, q/np.sqrt(s))
        of_b -= TAU*np.dot(c, back)
        p = p - TAU*A.T @ back
    return states[-1], p, of_lambda, of_tau, of_b


def check(workshop, grid, shape, parts, numbers):
    f, g = random(numbers, shape), random(numbers, shape)
    expected = reverse_mode(parts, f.ravel(), g.ravel())
    names = ["u", "in_f", "lambda_", "tau_", "b_"]
    answers = [workshop.compile(SCRIPT % grid, "-O", "0", *options).run(
        {"f": f, "g": g}, names) for options in FORMS.values()]
    for name, value in zip(names, expected):
        title = "%s, %s" % (grid, name)
        workshop.check_close(title, answers[0][name],
                             np.reshape(value, shape) if np.ndim(value) else
                             np.full(shape, value), 1e-12)
        workshop.check(title + ": forms",
                       same_bits(answers[0][name], answers[1][name]))


def main():
    workshop = Workshop(sys.argv[1])
    numbers = np.random.default_rng(5)
    check(workshop, "1d, boundary reflecting", (17,), of_line(17), numbers)
    check(workshop, "2d, boundary x dirichlet b, y reflecting", (6, 5),
          of_plane(6, 5), numbers)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
