#!/usr/bin/env python3
"""Trains the networks in networks/ on piecewise affine signals with noise, and
says how well each takes the noise away. See README.md beside this."""

import argparse
import csv
import math
import os
import resource
import subprocess
import sys
import tempfile

import numpy

root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
here = os.path.join(root, "bench", "networks")
NETWORKS = ["residual", "residual_four", "symmetric", "symmetric_monotone",
            "symmetric_four", "fsi", "dufort_frankel", "implicit", "unet"]
DATA = """import "signals.pde"
grid X : 1d, boundary reflecting, size 256
input g on X = signal(x)
input f on X = noisy(g)
output g = g, f = f
"""
# Those that are learned from have smaller numbers.
FIRST_TEST = 10_000_000


def run(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit("%s: %s" % (" ".join(command), done.stderr))


def make_tests(pdec, folder, count):
    """Signals that no network learns from, as files."""
    script = os.path.join(here, "_data.pde")
    program = os.path.join(folder, "data")
    with open(script, "w") as file:
        file.write(DATA)
    try:
        run([pdec, script, "-o", program])
    finally:
        os.remove(script)
    all_f, all_g = [], []
    f, g = os.path.join(folder, "f1.npy"), os.path.join(folder, "g1.npy")
    for number in range(FIRST_TEST, FIRST_TEST + count):
        run([program, "--set", "sample=%d" % number, "--output", "f=" + f,
             "--output", "g=" + g, "--quiet"])
        all_f.append(numpy.load(f))
        all_g.append(numpy.load(g))
    numpy.save(os.path.join(folder, "f.npy"), all_f)
    numpy.save(os.path.join(folder, "g.npy"), all_g)
    noise = numpy.mean((numpy.array(all_f) - all_g)**2)
    print("%-18s %7s %6s %8.2f" % ("noisy", "", "", psnr(noise)))


def psnr(loss):
    return -10*math.log10(loss)


def train(pdec, folder, name, options):
    """Numbers that are trained, seconds of a processor, PSNR."""
    weights = os.path.join(folder, name + ".npz")
    curve = os.path.join(folder, name + ".csv")
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    run([pdec, "train", os.path.join(here, name + ".pde"), "--precision",
         "f32", "--threads", "1", "--samples", str(options.samples),
         "--epochs", str(options.epochs), "--seed", str(options.seed),
         "--validate", "f=" + os.path.join(folder, "f.npy"), "--validate",
         "g=" + os.path.join(folder, "g.npy"), "--quiet", "--curve", curve,
         "-o", weights])
    seconds = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    with open(curve) as file:
        rows = [row for row in csv.reader(file) if row and row[0].isdigit()]
    numbers = sum(each.size for each in numpy.load(weights).values())
    # Those of the last epoch: none is chosen by the tests.
    print("%-18s %7d %6.1f %8.2f" % (name, numbers, seconds,
                                     psnr(float(rows[-1][-1]))), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pdec", default=os.path.join(root, "build/bin/pdec"))
    parser.add_argument("--samples", type=int, default=1024)
    parser.add_argument("--epochs", type=int, default=60)
    parser.add_argument("--tests", type=int, default=128)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("networks", nargs="*", default=NETWORKS)
    options = parser.parse_args()
    print("%-18s %7s %6s %8s" % ("network", "numbers", "s", "PSNR dB"))
    with tempfile.TemporaryDirectory() as folder:
        make_tests(options.pdec, folder, options.tests)
        for name in options.networks:
            train(options.pdec, folder, name, options)


if __name__ == "__main__":
    main()
