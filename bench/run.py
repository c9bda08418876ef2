#!/usr/bin/env python3
"""Times the kernel form against plain C++ loops. See README.md beside this."""

import argparse
import json
import os
import shutil
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(here)
out = os.path.join(root, "build", "bench")

SCRIPTS = {
    "perona_malik": os.path.join(root, "examples", "perona_malik.pde"),
    "charbonnier": os.path.join(here, "charbonnier.pde"),
}
# Without errno, sqrt and exp keep their values but may become vector code.
COMPILERS = {"clang": "clang++-19", "gcc": "g++"}
VARIANTS = {"": [], "-no-errno": ["-fno-math-errno"]}
# Perona-Malik amplifies rounding by up to 1.7 a step; ten steps are compared.
TOLERANCES = {"f64": 1e-12, "f32": 1e-3}


def call(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE,
                          text=True).stdout


def build_driver():
    driver = os.path.join(out, "driver")
    call("clang++-19", "-std=c++17", "-O2", os.path.join(here, "driver.cpp"),
         "-ldl", "-o", driver)
    return driver


def build_plain():
    """The plain loops, once for each compiler and choice of flags."""
    libraries = []
    for name, compiler in COMPILERS.items():
        if not shutil.which(compiler):
            continue
        for suffix, flags in VARIANTS.items():
            library = os.path.join(out, "plain-%s%s.so" % (name, suffix))
            call(compiler, "-std=c++17", "-O3", "-march=native", "-fopenmp",
                 "-fPIC", "-shared", "-Wno-pass-failed", *flags, os.path.join(here, "plain.cpp"),
                 "-o", library)
            libraries.append(library)
    return libraries


def build_script(pdec, name, precision):
    library = os.path.join(out, "%s-%s.so" % (name, precision))
    call(pdec, SCRIPTS[name], "--precision", precision, "--march", "native",
         "--emit", "lib", "-o", library)
    return library


def row(driver, plain, library, name, precision, exponent, threads, rounds):
    """Runs one competition and prints its line; returns whether the results
    agree."""
    answer = json.loads(call(driver, name, str(2**exponent), str(threads),
                             str(rounds), library, name, *plain))
    agree = float(answer["difference"]) <= TOLERANCES[precision]
    print("%-13s %-4s 2^%-3d %2d  %7.3f  %7.3f  %6.2f  %6.2f ..%6.2f  %-8s %s%s"
          % (name, precision, exponent, threads, answer["pdec"][0],
             answer["plain"][0], *answer["ratio"], answer["difference"],
             answer["best"], "" if agree else "  RESULTS DIFFER"), flush=True)
    return agree


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pdec", default=os.path.join(root, "build/bin/pdec"))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--script", choices=SCRIPTS, action="append")
    parser.add_argument("--precision", choices=TOLERANCES, action="append")
    parser.add_argument("--exponent", type=int, action="append",
                        help="grids of 2^EXPONENT cells")
    parser.add_argument("--threads", type=int, action="append")
    options = parser.parse_args()

    os.makedirs(out, exist_ok=True)
    driver, plain = build_driver(), build_plain()
    print("ns for each point and step, medians of %d rounds; ratio: plain/pdec"
          % options.rounds)
    print("%-13s %-4s %-5s %2s  %7s  %7s  %6s  %6s ..%6s  %-8s %s" % (
        "script", "type", "N", "T", "pdec", "plain", "ratio", "min", "max",
        "differ", "best plain loop"))
    agree = True
    for name in options.script or SCRIPTS:
        for precision in options.precision or TOLERANCES:
            library = build_script(options.pdec, name, precision)
            for exponent in options.exponent or (16, 24):
                for threads in options.threads or (1, 2):
                    agree &= row(driver, plain, library, name, precision,
                                 exponent, threads, options.rounds)
    sys.exit(0 if agree else 1)


if __name__ == "__main__":
    main()
