#!/usr/bin/env python3
"""Compilers whose theorems lack a hypothesis, against random programs.

usage: weakened.py path/to/build [NAME ...]

Each alteration is made in a copy of one source, which is compiled by the build's
own commands and linked before the library that has the true one.
"""

import os
import shlex
import subprocess
import sys
import tempfile

import numpy as np

sys.dont_write_bytecode = True
from cell_averages import Limits, Soundness as Transport
from certificates import Soundness
from comparison import Workshop

PROGRAMS = 150

# Name, source in compiler/analysis, what stands there, what is put there
# instead, and the seed of the programs.
WEAKENED = [
    ("Phi(s)/s >= 0", "StepForm.cpp",
     "hull(*gain * square, 0)", "Interval(0, abs(*gain).high()) * square", 1),
    ("the factor two of mirrored cells", "Bounds.cpp",
     "NormBound{2 * largestSymbol(line).high()",
     "NormBound{largestSymbol(line).high()", 2),
    ("slopes where distances are meant", "StepForm.cpp",
     "pool.slopes(flux, difference, box)", "pool.range(found.gain, box)", 3),
    ("one flux held over all stages", "StepForm.cpp",
     "\"#\" + std::to_string(gain->id)", "\"#\"", 4),
    ("both conditions on the roots", "Analysis.cpp",
     "{{determinant}, {sum - trace, sum + trace}}", "{{determinant}, {}}", 5),
    ("no data added in each step", "Analysis.cpp",
     "measure == Measure::Distance || !isAffine",
     "measure == Measure::Distance || isAffine || !isAffine", 6),
    ("the rows at dirichlet sides", "Bounds.cpp",
     "cosOfPart(1, 2 * n + 2)", "cosOfPart(1, 2 * n)", 7),
    ("stencils that answer constants by zero", "Operators.cpp",
     "return sum.isZero() && allSides(", "return allSides(", 8),
    ("factors of cells nearby >= 0", "CellAverages.cpp",
     "if (!factor.isNonNegative())", "if (false)", 9),
    ("sums along columns", "CellAverages.cpp",
     "columns &= isNumber && ", "columns &= true || ", 10),
    ("fluxes that are zero between cells that are alike", "CellAverages.cpp",
     "if (flux.isBiased)", "if (false)", 11),
    ("factors of cells nearby >= 0 in limit(R)", "CellRate.cpp",
     "if (!isNonNegative(total)) {", "if (false) {", 12),
    ("what a mirrored or outer cell gives is no more than it has",
     "CellRate.cpp", "(isShift(op) || ", "(true || ", 13),
    ("both cells of a difference", "CellRate.cpp",
     "Interval(2) * hull(range, 0)", "hull(range, 0)", 14),
    ("ranges of speeds over all cells", "CellRate.cpp",
     "-range.low() : range.high()", "-range.middle() : range.middle()", 15),
]

# Those of diffusion do not meet what is asked of transport.
OF_TRANSPORT = {"CellAverages.cpp": Transport, "CellRate.cpp": Limits}


class Build:
    """The commands by which the compiler is built."""

    def __init__(self, folder):
        self.folder = os.path.realpath(folder)
        listed = subprocess.run(
            ["ninja", "-C", self.folder, "-t", "commands", "pdec"],
            capture_output=True, text=True, check=True)
        self.commands = listed.stdout.split("\n")

    def command(self, end):
        """Of the file that it makes."""
        found, = [line for line in self.commands if " -o %s " % end in line]
        # CMake's links begin with "true &&" and end with another.
        return [word for word in shlex.split(found)
                if word not in ("&&", ":", "true")]

    def run(self, command):
        done = subprocess.run(command, cwd=self.folder, capture_output=True,
                              text=True)
        if done.returncode != 0:
            raise RuntimeError("%s\n%s" % (" ".join(command), done.stderr))

    def weakened(self, folder, source, before, after, room="analysis"):
        """A compiler in that folder, with the source altered."""
        made = "compiler/%s/CMakeFiles/pdec_%s.dir/%s.o" % (room, room, source)
        command = self.command(made)
        path, = [word for word in command if word.endswith("/" + source)]
        with open(path) as file:
            text = file.read()
        if text.count(before) != 1:
            raise RuntimeError("%s has %d times: %s" % (
                source, text.count(before), before))
        altered = os.path.join(folder, source)
        with open(altered, "w") as file:
            file.write(text.replace(before, after))
        self.run([altered if word == path else
                  altered + ".o" if word == made else
                  altered + ".d" if word == made + ".d" else
                  "-O0" if word == "-O2" else word for word in command])
        link = self.command("bin/pdec")
        pdec = os.path.join(folder, "bin", "pdec")
        os.makedirs(os.path.dirname(pdec), exist_ok=True)
        # Before the libraries: what it defines is not taken from them.
        self.run([link[0], altered + ".o"] +
                 [pdec if word == "bin/pdec" else word for word in link[1:]])
        return pdec


class Quiet(Workshop):
    """Tells of nothing that fails: that is what is hoped for."""

    def check(self, title, holds, seen=""):
        self.passed += bool(holds)
        self.failed += not holds


def main():
    build, chosen = Build(sys.argv[1]), sys.argv[2:]
    workshop = Workshop(None)
    for name, source, before, after, seed in WEAKENED:
        if chosen and name not in chosen:
            continue
        with tempfile.TemporaryDirectory() as folder:
            quiet = Quiet(build.weakened(folder, source, before, after))
            kind = OF_TRANSPORT.get(source, Soundness)
            soundness = kind(quiet, np.random.default_rng(seed))
            count = 0
            while count < PROGRAMS and not quiet.failed:
                soundness.program()
                count += 1
            print("without %s: %s after %d programs" % (
                name, "noticed" if quiet.failed else "NOT noticed", count))
            workshop.check("without " + name, quiet.failed > 0)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
