#!/usr/bin/env python3
"""Every example has the same bits in every form, with any number of threads and
any shape of tiles, at every optimisation level, for every processor, compiled
ahead or in memory.

usage: same-bits.py path/to/pdec script.pde...
"""

import os
import re
import sys

import numpy as np

sys.dont_write_bytecode = True
from programs import FORMS, Workshop

# Processors with vectors of 16, 32 and 64 bytes; the last two need not run here.
PROCESSORS = ["x86-64", "x86-64-v3", "x86-64-v4"]


def runnable():
    """The processors of the list whose code this machine can execute."""
    with open("/proc/cpuinfo") as file:
        flags = set(re.search(r"flags\s*:(.*)", file.read()).group(1).split())
    needs = {"x86-64-v3": {"avx2", "fma", "bmi2"},
             "x86-64-v4": {"avx512f", "avx512vl", "avx512dq", "avx512bw"}}
    return [name for name in PROCESSORS if needs.get(name, set()) <= flags]


# Of several steps, on all axes: as chosen, small, odd, and larger and deeper than
# any run.
TILES = {"0": [], "1": ["--tiles", "96:3,12x20:3,6x5x7:2"],
         "2": ["--tiles", "101:7,33x17:6,9x7x33:3"],
         "3": ["--tiles", "100000:200,999x999:40,99x99x99:20"]}
THREADS = {"0": 2, "1": 7, "2": 3, "3": 2}


def variants(precision):
    """Options of pdec, and threads."""
    for form in FORMS.values():
        for level in "0123":
            yield [*form, "-O" + level, *TILES[level], "--precision",
                   precision], THREADS[level]
        for processor in runnable():
            yield [*form, "--march", processor, "--precision", precision], 1
    yield ["--as", "network", "--precision", precision], 2


def bits(program, outputs, **more):
    found = program.run({}, outputs, **more)
    return {name: (values.dtype.str, values.tobytes())
            for name, values in found.items()}


def check_example(workshop, script):
    with open(script) as file:
        outputs = [part.split("=")[0].strip() for part in re.search(
            r"^output (.*)", file.read(), re.MULTILINE).group(1).split(",")]
    name = os.path.basename(script)
    for precision in ("f64", "f32"):
        first = bits(workshop.compile(script, "--precision", precision), outputs,
                     threads=1)
        for options, threads in variants(precision):
            title = "%s %s, %d threads" % (name, " ".join(options), threads)
            workshop.check(title, first == bits(
                workshop.compile(script, *options), outputs, threads=threads))
            workshop.check(title + " in memory", first == bits(
                workshop.in_memory(script, *options), outputs, threads=threads))


def main():
    workshop = Workshop(sys.argv[1])
    for script in sys.argv[2:]:
        check_example(workshop, os.path.abspath(script))
    return workshop.finish()


sys.exit(main())
