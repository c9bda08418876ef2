#!/usr/bin/env python3
"""What --watch says of runs, against the same steps in NumPy.

usage: watch.py path/to/pdec
"""

import os
import re
import subprocess
import sys
import tempfile

import numpy as np

PDEC = os.path.abspath(sys.argv[1])
FORMS = {"kernel": (), "network": ("--as", "network"),
         "layers": ("--as", "network", "--layers")}
PRECISIONS = {"f64": np.float64, "f32": np.float32}
failures = []

LINE = """grid X : 1d, boundary reflecting
param tau = 0.4 where tau > 0, n = 150 where n >= 0
input f on X
let D = forward(X.x)
evolve u from f by explicit(u -> -D'(D(u)), tau) for n steps
output u
"""
PLANE = """grid G : 2d, boundary periodic
param tau = 0.2 where tau > 0, n = 40 where n >= 0
input f on G
evolve u from f by explicit(laplace, tau) for n steps
output u
"""
# No certificate: only what is not finite is told. Two levels, of which the
# second one ends as no output.
SQUARES = """grid G : 2d, boundary periodic
param c = 1, n = 30 where n >= 0
input f on G
scheme squares(c): u, v -> {
  let w = v
  v = u
  u = w + c*u*u
}
evolve u, v from f, f by squares(c) for n steps
output u
"""


def check(title, holds, found=""):
    if not holds:
        failures.append("%s: %s" % (title, found))


class Script:
    def __init__(self, folder, name, text, data):
        self.folder, self.data = folder, data
        self.name = name + ".pde"
        with open(os.path.join(folder, self.name), "w") as file:
            file.write(text)
        self.line = 1 + [line.startswith("evolve")
                         for line in text.split("\n")].index(True)
        np.save(os.path.join(folder, name + ".npy"), data)
        self.input = "f=" + name + ".npy"

    def run(self, form, precision, *options):
        return subprocess.run(
            [PDEC, "run", self.name, *FORMS[form], "--precision", precision,
             "--input", self.input, *options], cwd=self.folder,
            capture_output=True, text=True, timeout=300)

    def each(self, *options):
        for form in FORMS:
            for precision, element in PRECISIONS.items():
                yield (" ".join((self.name, form, precision) + options),
                       element, self.run(form, precision, *options))


def heat_line(u, tau):
    difference = np.diff(u)
    flux = np.concatenate(([0], difference, [0]))
    return u + tau*np.diff(flux)


def heat_plane(u, tau):
    return u + tau*(np.roll(u, 1, 0) + np.roll(u, -1, 0) + np.roll(u, 1, 1) +
                    np.roll(u, -1, 1) - 4*u)


def cell_text(index):
    return str(index[0]) if len(index) == 1 else str(
        tuple(int(i) for i in index))


def check_growth(script, step, tau):
    """The step at which the norm grows for the first time, the two norms, and
    the largest value."""
    for title, element, ran in script.each("--watch", "--set", "tau=%g" % tau):
        u = script.data.astype(element).astype(np.float64)
        allowed = 1 + 2.0**-40 + 1024*np.finfo(element).eps
        for number in range(1, 1000):
            before, u = u, step(u, tau)
            if np.linalg.norm(u) > np.linalg.norm(before)*allowed:
                break
        cell = np.unravel_index(np.argmax(np.abs(u)), u.shape)
        pattern = (r"[\w.]+: warning: tau = [^\n]* certified: it may grow\n"
                   r"[\w.]+: error: step (\d+) of 'u' \(%s:%d\) lets the "
                   r"Euclidean norm grow from (\S+) to (\S+) \(largest: (\S+) "
                   r"at cell (.*)\), which the certificate excludes for the "
                   r"script's own parameters: the run is unstable for these "
                   r"parameters\n$" % (re.escape(script.name), script.line))
        found = re.match(pattern, ran.stderr)
        check(title + ": code", ran.returncode == 1, ran.returncode)
        if not found:
            check(title, False, ran.stderr)
            continue
        check(title + ": step", int(found[1]) == number, (ran.stderr, number))
        accuracy = 1e-8 if element == np.float64 else 1e-3
        numbers = [float(found[i]) for i in (2, 3, 4)]
        expected = [np.linalg.norm(before), np.linalg.norm(u), u[cell]]
        check(title + ": norms", np.allclose(numbers, expected, accuracy, 0),
              (ran.stderr, expected))
        check(title + ": cell", found[5] == cell_text(cell),
              (ran.stderr, cell))


def check_stable(script):
    """Nothing is said, and nothing changes, where the certificate holds."""
    for options in ((), ("--set", "n=0"), ("--set", "n=1")):
        results = set()
        for title, element, ran in script.each(
                "--watch", "--output", "u=watched.npy", *options):
            check(title, ran.returncode == 0 and ran.stderr == "", ran.stderr)
            path = os.path.join(script.folder, "watched.npy")
            watched = np.load(path)
            form, precision = title.split(" ")[1:3]
            script.run(form, precision, "--output", "u=watched.npy", *options)
            check(title + ": bits",
                  np.array_equal(watched, np.load(path)))
            results.add(watched.tobytes())
        check("forms agree", len(results) == len(PRECISIONS))


def check_squares(script):
    """The first step and cell that are not finite; without --watch only the
    output is seen."""
    for title, element, ran in script.each("--watch"):
        with np.errstate(over="ignore", invalid="ignore"):
            u = v = script.data.astype(element)
            for number in range(1, 1000):
                u, v = v + u*u, u
                if not np.isfinite(u).all():
                    break
        cell = np.unravel_index(np.argmin(np.isfinite(u)), u.shape)
        check(title + ": code", ran.returncode == 1, ran.returncode)
        expected = ("error: step %d of 'u' (%s:%d) gives %s at cell %s: the "
                    "run is unstable for these parameters\n" % (
                        number, script.name, script.line, u[cell],
                        cell_text(cell)))
        check(title, ran.stderr.endswith(expected), (ran.stderr, expected))
        _, form, precision, *_ = title.split(" ")
        plain = script.run(form, precision).stderr
        check(title + ": plain", "output 'u' is not finite" in plain, plain)


def main():
    random = np.random.default_rng(7)
    with tempfile.TemporaryDirectory() as folder:
        x = np.arange(200)
        smooth = np.cos(np.pi*(x + 0.5)*3/200) + 1e-3*random.normal(size=200)
        line = Script(folder, "line", LINE, smooth)
        check_stable(line)
        check_growth(line, heat_line, 0.7)
        check_growth(line, heat_line, 0.52)
        wave = np.cos(2*np.pi*np.arange(24)/24)
        plane = Script(folder, "plane", PLANE, wave[:, None]*wave[None, :24] +
                       1e-3*random.normal(size=(24, 24)))
        check_stable(plane)
        check_growth(plane, heat_plane, 0.4)
        check_squares(Script(folder, "squares", SQUARES,
                             0.5 + random.random((9, 7))))
    print("\n".join(failures))
    return bool(failures)


sys.exit(main())
