#!/usr/bin/env python3
"""The pointwise functions and fluxes of the library against their definitions:
at zero, at tiny, small and large arguments, at the contrast, of both signs.

usage: functions.py path/to/pdec
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from comparison import Workshop
from grids import PERIODIC
from problems import line

CONTRASTS = (0.3, 1.0, 2.5)
# A few operations, and exp within about one unit in the last place of its
# result; an argument wrong by 1e-16 of itself, up to 700, is as much more.
ROUNDING = 1e-13


def weickert(s, l):
    """g(0) = 1, the limit."""
    with np.errstate(divide="ignore"):
        return -np.expm1(-3.31488/(np.abs(s)/l)**8)


def fab(s, l, k=2):
    a, b = k**2*np.log(2)/(k**2 - 1), np.log(2)/(k**2 - 1)
    return 2*np.exp(-a*s**2/l**2) - np.exp(-b*s**2/l**2)


def at_most_one(quotient):
    """Of positive quotients by |s|, which are infinite at 0."""
    def limited(s, l):
        with np.errstate(divide="ignore", over="ignore"):
            return np.minimum(1, quotient(np.abs(s), l))
    return limited


# The diffusivities g as tables of the literature have them.
DIFFUSIVITIES = {
    "charbonnier": lambda s, l: (1 + s**2/l**2)**-0.5,
    "perona_malik": lambda s, l: np.exp(-s**2/(2*l**2)),
    "perona_malik_rational": lambda s, l: 1/(1 + s**2/l**2),
    "weickert": weickert,
    "tv": lambda s, l: 1/np.hypot(s, l),
    "truncated_tv": at_most_one(lambda s, l: l/s),
    "truncated_bfb": at_most_one(lambda s, l: (l/s)**2),
    "fab": fab,
}

CORE = {
    "sign(f)": np.sign,
    "step(f)": lambda s: np.where(s < 0, 0.0, 1.0),
    "relu(f)": lambda s: np.where(s > 0, s, 0.0),
    "clamp(f, -0.75, 2)": lambda s: np.clip(s, -0.75, 2),
    "clamp(f, 1, 1)": lambda s: np.ones(s.shape),
    "linear_flux(f)": lambda s: s,
    "ceil(f)": np.ceil,
    # Halves are exact, and go away from zero.
    "round(f)": lambda s: np.where(np.abs(s) < 2.0**52, np.copysign(
        np.floor(np.abs(s) + 0.5), s), s),
    "ceil(4*f)": lambda s: np.ceil(4*s),
    "round(2*f)": lambda s: np.where(np.abs(s) < 2.0**51, np.copysign(
        np.floor(2*np.abs(s) + 0.5), s), 2*s),
}


def arguments():
    """Multiples of the contrasts, and what is next to and far from 0."""
    factors = np.array([0.01, 0.5, 0.8, 0.95, 1, 1.05, 1.181, 1.7320508, 2, 4,
                        30])
    tiny = [0, 1e-300, 1e-20, 1e-8, 1e-3, 1e4, 1e20, 0.75, 2]
    positive = np.concatenate([tiny] + [l*factors for l in CONTRASTS])
    return np.concatenate([positive, -positive])


def expected(s):
    """Text, values, and what these are a difference of, if they are."""
    for text, function in CORE.items():
        yield text, function(s), 0.0
    for name, g in DIFFUSIVITIES.items():
        for l in CONTRASTS:
            # Where the two terms of fab cancel, it is as exact as they are.
            size = np.exp(-np.log(2)/3*s**2/l**2) if name == "fab" else 0.0
            yield "%s_diffusivity(f, %r)" % (name, l), g(s, l), size
            yield "%s_flux(f, %r)" % (name, l), g(s, l)*s, size*s
    for k in (1.5, 3.0):
        size = np.exp(-np.log(2)/(k**2 - 1)*s**2)
        yield "fab_diffusivity(f, 1, %r)" % k, fab(s, 1, k), size
        yield "fab_flux(f, 1, k = %r)" % k, fab(s, 1, k)*s, size*s


def close(found, exact, size):
    """Relative to each value. Products of numbers below 1e-300 lose digits."""
    scale = np.maximum(np.abs(exact), np.abs(size))
    return np.abs(found - exact) <= ROUNDING*scale + 1e-300


def main():
    workshop = Workshop(sys.argv[1])
    s = arguments()
    cases = list(expected(s))
    names = ["r%d" % k for k in range(len(cases))]
    script = line(len(s), PERIODIC, PERIODIC).text() + "input f on X\n"
    for name, (text, _, _) in zip(names, cases):
        script += "output %s = %s\n" % (name, text)
    answer = workshop.compile(script, "-O", "0").run({"f": s}, names)
    for name, (text, exact, size) in zip(names, cases):
        wrong = ~close(answer[name], exact, size)
        workshop.check(text, not wrong.any(),
                       "of %s\nfound    %s\nexpected %s" %
                       (s[wrong], answer[name][wrong], exact[wrong]))
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
