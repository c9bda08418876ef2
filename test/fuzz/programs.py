#!/usr/bin/env python3
"""Random programs through the lowerings: kernel, network by layers and raised
network, several levels of optimisation and one to three threads give the same bits, in both precisions,
and files hold them.

usage: programs.py path/to/pdec [--programs N] [--seconds S] [--seed SEED]

Program number k of a seed is that of seed + k, so that a fault is shown again
by `--seed` with the number that it is told with and `--programs 1`.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time

import numpy as np

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, os.pardir, "oracle"))
import laws  # noqa: E402
import pairs  # noqa: E402
import scripts  # noqa: E402

# What has to give the same: form, level of optimisation, threads, precisions, and
# whether tiles are of a random shape.
FORMS = {"kernel": [], "layers": ["--as", "network", "--layers"],
         "network": ["--as", "network"]}
PRECISIONS = {"f64": np.float64, "f32": np.float32}
BUILDS = [("kernel", "0", "1", PRECISIONS, False),
          ("kernel", "3", "123", PRECISIONS, True),
          ("layers", "2", "13", PRECISIONS, False),
          ("network", "1", "2", ("f32",), True)]
# Enough cells for the tiles and blocks of several threads.
MOST_CELLS = {1: 5000, 2: 70, 3: 20}


class Program:
    """A script, and the inputs and outputs that it has."""

    def __init__(self, seed):
        numbers = np.random.default_rng(seed)
        choice, script = numbers.random(), None
        if choice < 0.4:
            script = scripts.Script(numbers)
            self.text, rank, self.outputs = (script.text, script.rank,
                                             script.outputs)
            inputs = "fg"
        elif choice < 0.7:
            texts, grid = laws.random_program(numbers)
            self.text, rank = texts[numbers.integers(2)], grid.rank
            inputs, self.outputs = "fcg", ["r", "v"]
        else:
            self.text, field, outputs = pairs.random_pair(numbers)
            inputs, self.outputs, rank = "f", list(outputs), field.ndim
        # The smallest grid has the most sides for its cells.
        most = MOST_CELLS[rank] if numbers.random() < 0.7 else 8
        shape = (script.cells(most) if script else
                 tuple(int(n) for n in numbers.integers(5, most, rank)))
        # Neither arrays nor numbers have cells.
        self.fields = script.fields if script else self.outputs
        self.tiles = "%s:%d" % (
            "x".join(str(n) for n in numbers.integers(1, 2*most, rank)),
            numbers.integers(1, 12))
        self.inputs = {name: numbers.uniform(-1, 1, shape) for name in inputs}


class Trial:
    """A program in a folder of its own."""

    def __init__(self, pdec, program, folder):
        self.pdec, self.program, self.folder = pdec, program, folder
        with open(self.path("script.pde"), "w", encoding="utf-8") as file:
            file.write(program.text)
        for name, array in program.inputs.items():
            np.save(self.path(name + ".in.npy"), array)

    def path(self, name):
        return os.path.join(self.folder, name)

    def compile(self, form, level, precision, tiled):
        """None, or what pdec says."""
        tiles = ["--tiles", self.program.tiles] if tiled else []
        done = subprocess.run(
            [self.pdec, self.path("script.pde"), *FORMS[form], "-O", level,
             *tiles, "--precision", precision, "-o", self.path("program")],
            capture_output=True, text=True, timeout=600)
        # Every script's network can be raised.
        isFine = done.returncode == 0 and "layer by layer" not in done.stderr
        return None if isFine else said(done)

    def run(self, threads, outputs, ending=".npy"):
        """The arrays by name, or what the program says."""
        words = [self.path("program"), "--threads", threads]
        for name in self.program.inputs:
            words += ["--input", "%s=%s" % (name, self.path(name + ".in.npy"))]
        for name in outputs:
            words += ["--output", "%s=%s" % (name, self.path(name + ending))]
        done = subprocess.run(words, capture_output=True, text=True,
                              timeout=600)
        if done.returncode != 0:
            return said(done)
        return {name: self.read(name, ending) for name in outputs}

    def read(self, name, ending):
        path = self.path(name + ending)
        return (np.load(path) if ending == ".npy" else
                np.loadtxt(path, delimiter=",", ndmin=1))

    def compare(self, precision):
        """The first outcome, and the faults."""
        first, faults = None, []
        for form, level, threads, precisions, tiled in BUILDS:
            if precision not in precisions:
                continue
            problem = self.compile(form, level, precision, tiled)
            for count in threads if problem is None else "1":
                found = problem or self.run(
                    count, self.program.outputs)
                first = found if first is None else first
                if not same(first, found, PRECISIONS[precision]):
                    faults.append("%s, %s, -O %s, %s threads: %s, not %s" % (
                        precision, form, level, count, found, first))
        return first, faults + self.compare_csv(first, precision)

    def compare_csv(self, first, precision):
        rank = next(iter(self.program.inputs.values())).ndim
        if not isinstance(first, dict) or rank == 3:
            return []
        found = self.run("1", self.program.fields, ".csv")
        if not isinstance(found, str):
            first = {name: first[name] for name in found}
        if same(first, found, PRECISIONS[precision]):
            return []
        return ["%s: .csv: %s, not %s" % (precision, found, first)]


def said(done):
    """A message without the name of the program; a crash is none."""
    text = re.sub(r"^\S+: ", "", done.stderr.strip())
    return text if done.returncode == 1 else "exit code %d: %s" % (
        done.returncode, text)


def same(one, two, dtype):
    if isinstance(one, str) or isinstance(two, str):
        return one == two
    return all(one[name].astype(dtype).tobytes() ==
               two[name].astype(dtype).tobytes() and
               one[name].shape == two[name].shape for name in one)


def kind_of(outcome):
    if not isinstance(outcome, str):
        return "results"
    if re.search(r"\[E\d+\]", outcome):
        return "refused"
    if re.search(r"not converge|no solution", outcome):
        return "without an answer"
    return "not finite" if "is not finite" in outcome else "failed"


def try_program(pdec, seed):
    """The kinds of outcomes, and the faults."""
    program, kinds, faults = Program(seed), [], []
    for precision in PRECISIONS:
        with tempfile.TemporaryDirectory() as folder:
            first, more = Trial(pdec, program, folder).compare(precision)
        kinds.append(kind_of(first))
        # Random programs break rules of the language, but no others.
        if kinds[-1] == "failed":
            more.append(str(first))
        faults += more
    return kinds, ["seed %d: %s\n%s" % (seed, fault, program.text)
                   for fault in faults]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pdec")
    parser.add_argument("--programs", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    start, count, failed, all_kinds = time.monotonic(), 0, 0, []
    while (count < options.programs or
           time.monotonic() - start < options.seconds):
        kinds, faults = try_program(options.pdec, options.seed + count)
        count, failed = count + 1, failed + bool(faults)
        all_kinds += kinds
        print("\n".join(faults), end="\n" if faults else "", flush=True)
    print("%d programs, %d failed; %s" % (count, failed, ", ".join(
        "%d %s" % (all_kinds.count(kind), kind)
        for kind in sorted(set(all_kinds)))))
    return 1 if failed or "results" not in all_kinds else 0


if __name__ == "__main__":
    sys.exit(main())
