#!/usr/bin/env python3
"""Examples, and scripts of Inputs, of equations without time against closed forms,
published numbers and dense matrices, in both forms.

usage: equations.py path/to/pdec path/to/examples
"""

import math
import sys

import numpy as np

sys.dont_write_bytecode = True
from forms import Forms

forms = Forms(sys.argv[1], sys.argv[2])
results, check_below = forms.results, forms.check_below


def line(n, h):
    """The second difference between walls at 0, negative."""
    return (2*np.eye(n) - np.eye(n, k=1) - np.eye(n, k=-1))/h**2


def plane(n, h):
    return np.kron(line(n, h), np.eye(n)) + np.kron(np.eye(n), line(n, h))


def poisson_mixed():
    errors = []
    for size in (20, 40):
        u, = results("poisson_mixed", "u", size=size)
        h = 1/(size + 0.5)
        x = np.arange(1, size + 1)*h
        errors.append(np.max(np.abs(u - np.exp(x)[:, None]*np.sin(x))))
    check_below("poisson_mixed", errors[1], 8e-5)
    check_below("poisson_mixed: second order",
                abs(math.log2(errors[0]/errors[1]) - 2), 0.15)


def plate():
    """Navier's series; and Timoshenko and Woinowsky-Krieger, tables 8 and 35: in
    the middle 0.00406 and 0.00126."""
    u, v = results("plate", "u", "v")
    n = len(u)
    x = np.arange(1, n + 1)/(n + 1)
    k = np.arange(1, 100, 2)
    waves = np.sin(math.pi*np.outer(x, k))
    strengths = 16/(math.pi**6*np.outer(k, k)*(k[:, None]**2 + k**2)**2)
    check_below("plate: supported", np.max(np.abs(
        u - waves @ strengths @ waves.T)), 2e-6)
    check_below("plate: supported, the middle", abs(np.max(u) - 0.00406), 5e-6)
    check_below("plate: clamped, the middle", abs(np.max(v) - 0.00126), 1e-5)
    # Of what is clamped, the value beyond a wall is that before it.
    bent = line(n, 1/(n + 1)) @ line(n, 1/(n + 1))
    bent[0, 0] += 2*(n + 1)**4
    bent[-1, -1] += 2*(n + 1)**4
    second = line(n, 1/(n + 1))
    load = bent @ v + 2*second @ v @ second + v @ bent
    check_below("plate: clamped", np.max(np.abs(load - 1)), 1e-5)


def inside_l(n):
    x = -1 + np.arange(1, n + 1)*2/(n + 1)
    return ~((x[:, None] >= 0) & (x >= 0))


def l_domain():
    """The torsion of an L, 0.214075802681 (finite elements of high order)."""
    u, torsion = results("l_domain", "u", "torsion")
    n = len(u)
    inside = inside_l(n)
    u0 = np.zeros((n, n))
    matrix = plane(n, 2/(n + 1))[np.ix_(inside.ravel(), inside.ravel())]
    u0[inside] = np.linalg.solve(matrix, np.ones(len(matrix)))
    check_below("l_domain", np.max(np.abs(u - u0)), 1e-9)
    check_below("l_domain: torsion", abs(torsion - 0.214075802681), 2.5e-3)


def drum():
    """The discrete eigenvalue, by all of them; and that of the membrane
    (Trefethen and Betcke, 2006)."""
    u, value = results("drum", "u", "value")
    n = len(u)
    inside = inside_l(n)
    values, vectors = np.linalg.eigh(
        plane(n, 2/(n + 1))[np.ix_(inside.ravel(), inside.ravel())])
    check_below("drum: the discrete value", abs(value - values[0]), 1e-6)
    check_below("drum: the membrane's", abs(value - 9.6397238440219), 0.05)
    form = np.zeros((n, n))
    form[inside] = np.abs(vectors[:, 0])
    check_below("drum: its form", np.max(np.abs(u - form)), 1e-4)


def convection_diffusion():
    """A wave across, two exponentials along."""
    u, = results("convection_diffusion", "u")
    n, m = u.shape
    eps, x, y = 0.05, np.arange(1, n + 1)/(n + 1), np.arange(1, m + 1)/(m + 1)
    root = math.sqrt(1 + (2*math.pi*eps)**2)
    low, high = (1 - root)/2/eps, (1 + root)/2/eps
    along = np.exp(low*x) - np.exp(low - high*(1 - x))
    exact = np.outer(along/(1 - math.exp(low - high)), np.sin(math.pi*y))
    check_below("convection_diffusion", np.max(np.abs(u - exact)), 4e-3)


for check in (poisson_mixed, plate, l_domain, drum, convection_diffusion):
    check()
sys.exit(forms.finish())
