#!/usr/bin/env python3
"""What threads bring: each example with all threads and with one, on several
grids, while nothing else runs and beside as many busy loops as there are
processors. See README.md beside this."""

import argparse
import contextlib
import glob
import os
import re
import subprocess
import tempfile

root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# What pdec is told. A network that does not run by layers is a kernel again.
FORMS = {"kernel": [], "layers": ["--as", "network", "--layers"]}
# Cells along each axis, by the number of axes; None: the script's own.
SIZES = {1: [None, 256, 4096, 65536], 2: [None, 16, 64, 256],
         3: [None, 16, 32, 64]}
# Runs that are too short say nothing: steps are added or taken off until a run
# has so many cell updates, but not more than so many times the script's own.
UPDATES = 5e6
MOST_TIMES = 100


class Program:
    """A compiled example."""

    def __init__(self, pdec, script, path, *form):
        subprocess.run([pdec, script, *form, "-o", path], check=True)
        self.path = path
        text = self.call("--help").stdout
        grids = re.findall(r"^  \w+ +\((.*?)\) +(?:default ([\dx ]+) cells)?",
                           text.split("\ngrids\n")[1], re.M)
        self.grids = re.findall(r"^  (\w+) +\(", text.split("\ngrids\n")[1],
                                re.M)
        self.rank = len(grids[0][0].split(", "))
        self.own = [int(n) for n in grids[0][1].split(" x ") if n]
        steps = re.search(r"^  n +int +default (\d+)", text, re.M)
        self.steps = int(steps.group(1)) if steps else None
        tau = re.search(r"^  tau +real +default (\S+)", text, re.M)
        self.tau = float(tau.group(1)) if tau else None

    def call(self, *words):
        return subprocess.run([self.path, *words], capture_output=True,
                              text=True, env={**os.environ, "NO_COLOR": "1"})

    def options(self, size):
        """For a grid of so many cells along each axis, or the nearest that
        the script's hierarchies allow; and the cells."""
        sizes = [size]*self.rank if size else self.own
        words = [] if size is None else [
            word for grid in self.grids
            for word in ("--size", "%s=%d" % (grid, size))]
        cells = 1
        for n in sizes:
            cells *= n
        if self.steps is not None:
            steps = max(1, int(UPDATES/max(cells, 1)))
            words += ["--set", "n=%d" % min(MOST_TIMES*self.steps, steps)]
        # On finer grids, a step that is as stable as the script's own.
        if self.tau is not None and size and self.own and size > self.own[0]:
            words += ["--set", "tau=%.3g" % (self.tau*(self.own[0]/size)**2)]
        return words, "x".join(map(str, sizes))

    def settle(self, size):
        words, text = self.options(size)
        error = self.call("--quiet", *words).stderr
        nearest = re.search(r"the nearest (?:are|is) (\d+)", error)
        return self.options(int(nearest.group(1))) if nearest else (words,
                                                                    text)

    def seconds(self, words):
        """Of computing; None if the run fails."""
        done = self.call("--quiet", "--profile", *words)
        found = re.search(r"computing +([\d.]+) s", done.stderr)
        return float(found.group(1)) if found and not done.returncode else None

    def ratio(self, words, rounds):
        """All threads over one: of the best times, and the extremes over pairs
        of runs in turns. A processor that shares its core with somebody else's
        work is slower by half, and either run may get it."""
        pairs = []
        for turn in range(rounds):
            # The system starts programs on its processors in turn.
            kinds = [("--threads", "1"), ()]
            times = [self.seconds([*words, *kind])
                     for kind in (kinds[::-1] if turn % 2 else kinds)]
            one, all_threads = times[::-1] if turn % 2 else times
            if not one or all_threads is None:
                return None
            pairs.append((one, all_threads))
        best_one, best_all = (min(times) for times in zip(*pairs))
        ratios = [all_threads/one for one, all_threads in pairs]
        return best_all/best_one, min(ratios), max(ratios)


@contextlib.contextmanager
def busy_loops(count):
    loops = [subprocess.Popen(["sh", "-c", "while :; do :; done"])
             for _ in range(count)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def shown(ratio):
    return "%17s" % "-" if ratio is None else "%5.2f %5.2f..%5.2f" % ratio


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pdec", default=os.path.join(root, "build/bin/pdec"))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--script", action="append",
                        help="an example's name; default: all")
    options = parser.parse_args()
    names = options.script or [
        os.path.basename(path)[:-len(".pde")] for path in
        sorted(glob.glob(os.path.join(root, "examples", "*.pde")))]
    processors = len(os.sched_getaffinity(0))
    print("time with %d threads / time with one: best, min..max of %d pairs"
          % (processors, options.rounds))
    print("%-20s %-8s %-12s %-18s %-18s" % ("script", "form", "cells",
                                            "idle machine", "busy machine"))
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            for form, words in FORMS.items():
                program = Program(options.pdec, os.path.join(
                    root, "examples", name + ".pde"),
                    os.path.join(folder, name + "-" + form), *words)
                for size in SIZES[program.rank]:
                    words, cells = program.settle(size)
                    idle = program.ratio(words, options.rounds)
                    with busy_loops(processors):
                        busy = program.ratio(words, options.rounds)
                    print("%-20s %-8s %-12s %s  %s" % (
                        name, form, cells, shown(idle), shown(busy)),
                        flush=True)


if __name__ == "__main__":
    main()
