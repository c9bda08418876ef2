#!/usr/bin/env python3
"""The three ways of a program: as kernel, as network, and as network layer by
layer, in turns, with one thread and with two. See README.md beside this."""

import argparse
import glob
import os
import re
import statistics
import subprocess
import sys
import tempfile

root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WAYS = {"kernel": [], "network": ["--as", "network"],
        "layers": ["--as", "network", "--layers"]}
# Script, cells, residual blocks.
CASES = [
    ("examples/perona_malik.pde", "65536", 20),
    ("examples/perona_malik.pde", "65536", 2000),
    ("bench/charbonnier.pde", "65536", 20),
    ("bench/charbonnier.pde", "65536", 2000),
    ("examples/perona_malik2d.pde", "1024x1024", 20),
]


def run(path, words):
    """Seconds of computing, and the most memory in MiB."""
    # A child of a small process: what a process needed at most is never less
    # than what its parent had when it began.
    done = subprocess.run(
        ["sh", "-c", '"$@"; exit $?', "sh", path, "--quiet", "--profile",
         *words], capture_output=True, text=True)
    found = re.search(r"computing +([\d.]+) s(?:.|\n)*peak memory +([\d.]+)",
                      done.stderr)
    if done.returncode or not found:
        sys.exit("%s %s: %s" % (path, " ".join(words), done.stderr))
    return tuple(map(float, found.groups()))


def measure(pdec, folder, script, precision, words, rounds):
    paths = {way: os.path.join(folder, way) for way in WAYS}
    for way, options in WAYS.items():
        subprocess.run([pdec, script, *options, "--precision", precision, "-o",
                        paths[way]], check=True)
    for threads in "12":
        runs = {way: [] for way in WAYS}
        for _ in range(rounds):
            for way in WAYS:
                runs[way].append(run(paths[way],
                                     [*words, "--threads", threads]))
        times = {way: statistics.median(time for time, _ in found)
                 for way, found in runs.items()}
        memory = {way: max(most for _, most in found)
                  for way, found in runs.items()}
        print("%-20s %-14s %s %s %9.2f ms %8.2f %8.2f   %s" % (
            os.path.basename(script)[:-len(".pde")],
            " ".join(word[2:] for word in words[1::2]), precision, threads,
            1e3*times["kernel"], times["network"]/times["kernel"],
            times["layers"]/times["kernel"],
            " ".join("%6.1f" % memory[way] for way in WAYS)), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pdec", default=os.path.join(root, "build/bin/pdec"))
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--examples", action="store_true")
    options = parser.parse_args()
    cases = [(os.path.join(root, script), precision,
              ["--size", "X=" + cells, "--set", "n=%d" % steps])
             for script, cells, steps in CASES for precision in ("f32", "f64")]
    if options.examples:
        cases = [(script, "f64", []) for script in
                 sorted(glob.glob(os.path.join(root, "examples", "*.pde")))]
    print("%-20s %-14s %s %s %11s %8s %8s   %s" % (
        "script", "", "type", "T", "kernel", "network", "layers",
        "MiB: kernel, network, layers"))
    with tempfile.TemporaryDirectory() as folder:
        for case in cases:
            measure(options.pdec, folder, *case, options.rounds)


if __name__ == "__main__":
    main()
