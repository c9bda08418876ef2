"""Gradients of random programs against differences.

usage: random_programs.py path/to/pdec [PROGRAMS [SEED]]

Each program is made of all that scripts have, its number J of some of its
results. Its gradients, with respect to fields and parameters, in random
directions are compared with central differences of order eight, as closely as
these agree among themselves for several steps. Both forms, any number of
threads and any memory for states give the same bits."""

import os
import re
import subprocess
import sys

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "run"))
from library import Library  # noqa: E402
from programs import FORMS, Workshop  # noqa: E402
from random_scripts import Script  # noqa: E402

# Of the first derivative, at 1, 2, 3 and 4 steps to both sides.
WEIGHTS = {6: [3/4, -3/20, 1/60, 0], 8: [4/5, -1/5, 4/105, -1/280]}
STEPS = (0.02, 0.004, 8e-4, 1e-4)


def difference(at, scale):
    """The derivative of `at` at zero and how much it may be wrong."""
    found = []
    for step in STEPS:
        h = step*scale
        sides = np.array([[at(h*k), at(-h*k)] for k in (1, 2, 3, 4)])
        low, high = (np.dot(WEIGHTS[order], sides[:, 0] - sides[:, 1])/h
                     for order in (6, 8))
        rounding = 4e-15*np.max(np.abs(sides))/h
        found.append((high, max(abs(high - low)/4, rounding)))
    # Two steps that agree: one alone may do so with itself by chance.
    pairs = [(b[0], max(b[1], abs(b[0] - a[0]))) for a, b in
             zip(found, found[1:])]
    pairs += [(a[0], max(a[1], abs(b[0] - a[0]))) for a, b in
              zip(found, found[1:])]
    return min(pairs, key=lambda pair: pair[1])


class Trial:
    """A script, and what it gives for one set of data."""

    def __init__(self, workshop, script, numbers):
        self.workshop, self.script, self.numbers = workshop, script, numbers
        self.fields = {name: numbers.uniform(-1, 1, script.shape)
                       for name in script.fields}
        self.params = dict(script.params)
        self.undecided = self.decided = 0

    def run(self):
        """False for a program that has no result."""
        layers = Library(self.workshop, self.script.text, *FORMS["network"],
                         "-O", "0")
        self.program = layers
        self.results = layers.run(self.script, self.fields, self.params)
        j = self.results["J_"].flat[0]
        if not np.isfinite(j) or abs(j) > 1e4:
            return False
        for name in self.script.fields:
            towards = self.numbers.uniform(-1, 1, self.script.shape)
            self.compare(name, lambda e: self.value(
                {name: self.fields[name] + e*towards}, {}),
                np.sum(towards*self.results["g_" + name]), 1)
        for name, start in self.params.items():
            if isinstance(start, int):
                continue
            self.compare(name, lambda e: self.value({}, {name: start + e}),
                         self.results["g_" + name].flat[0], abs(start) or 1)
        return True

    def value(self, fields, params):
        return self.program.run(self.script, {**self.fields, **fields},
                                {**self.params, **params})["J_"].flat[0]

    def compare(self, name, at, slope, scale):
        try:
            expected, error = difference(at, scale)
        except RuntimeError:
            self.undecided += 1
            return
        size = max(abs(expected), abs(at(0)), 1e-3)
        if not error <= 1e-9*size:
            self.undecided += 1
            return
        self.decided += 1
        # Iterations end at changes of 1e-14, maybe a pass earlier or later for
        # a step of a difference, which divides that by a thousandth.
        bound = 4*error + 1e-11*size
        self.workshop.check(
            "with respect to " + name, abs(slope - expected) <= bound,
            "%r, not %r, bound %g\n%s" % (slope, expected, bound,
                                          self.script.text))


def same(results, others):
    return all(results[name].tobytes() == others[name].tobytes()
               for name in results)


def check_bits(trial):
    """The kernel, on one to three threads and with few states kept, gives the
    bits of the layers."""
    workshop, script = trial.workshop, trial.script
    try:
        kernel = Library(workshop, script.text, "-O", "0")
    except subprocess.CalledProcessError as error:
        workshop.check("kernel", False, error.stderr + script.text)
        return
    for threads in (1, 2, 3):
        found = kernel.run(script, trial.fields, trial.params, threads)
        workshop.check("%d threads" % threads, same(trial.results, found),
                       script.text)
    program = workshop.in_memory(
        workshop.write("few.pde", script.text), *FORMS["network"], "-O", "0",
        "--memory", "1K")
    found = program.run(trial.fields, script.outputs, trial.params)
    workshop.check("few states", same(trial.results, found), script.text)


def check_program(workshop, seed, k, has_bits):
    """Program number k of a seed: how many derivatives were compared and how
    many could not be, or why it has no result."""
    numbers = np.random.default_rng([seed, k])
    script = Script(numbers)
    trial = Trial(workshop, script, numbers)
    try:
        if not trial.run():
            return "large"
    except subprocess.CalledProcessError as error:
        code = re.search(r"\[(E\d+)\]", error.stderr)
        workshop.check("a sentence", code, error.stderr + script.text)
        return code.group(1) if code else "none"
    except RuntimeError as error:
        return re.sub(r".*?: ", "", str(error))[:20]
    if has_bits:
        check_bits(trial)
    return trial.decided, trial.undecided


def check_programs(workshop, count, seed):
    told, decided, undecided, done, k = {}, 0, 0, 0, 0
    while done < count:
        before = workshop.failed
        found = check_program(workshop, seed, k, done % 6 == 0)
        if workshop.failed > before:
            print("program %d of seed %d" % (k, seed), flush=True)
        k += 1
        if isinstance(found, str):
            told[found] = told.get(found, 0) + 1
            continue
        done += 1
        decided += found[0]
        undecided += found[1]
    print("%d programs, %d derivatives, %d undecided; others: %s" % (
        done, decided, undecided, told))
    workshop.check("most are decided", decided > 8*undecided)
    workshop.check("most programs run", sum(told.values()) < count)


def main():
    workshop = Workshop(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    check_programs(workshop, count, seed)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
