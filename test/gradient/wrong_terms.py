#!/usr/bin/env python3
"""Compilers whose gradients lack a term or have a wrong one, against random
programs: each is noticed.

usage: wrong_terms.py path/to/build [NAME ...]

Runs beside scripts/check, not in it: it takes some minutes.
"""

import os
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, os.pardir, room) for room in
                ("oracle", "run")]
from programs import Workshop  # noqa: E402
from random_programs import check_program  # noqa: E402
from weakened import Build, Quiet  # noqa: E402

PROGRAMS, SEED = 300, 1

# Name, source in compiler/gradient, what stands there and what is put there
# instead.
WEAKENED = [
    ("the derivative of cos", "Scalars.cpp",
     "Number sin(const Number &a) { return a.of<SinOp>(); }",
     "Number sin(const Number &a) { return a.of<CosOp>(); }"),
    ("the share of a divisor", "Scalars.cpp",
     "tell(1, -(share * result()))", "tell(1, share * result())"),
    ("the share of an exponent", "Scalars.cpp",
     "Number byExponent = p * (y * x.of<LogOp>())",
     "Number byExponent = p * (x * x.of<LogOp>())"),
    ("a weight's scale", "ReverseFields.cpp",
     "share = fields.multiply(share, scale);", "(void)scale;"),
    ("folding", "ReverseFields.cpp",
     "made.push_back(side.scalars[i]);", "made.push_back(fields.number(0));"),
    ("the second field of dot", "ReverseFields.cpp",
     "add(b, fields.scale(a, p));", ""),
    ("the shares of numbers in maps", "ReverseFields.cpp",
     "add(number, fields.sum(share));", "add(number, fields.number(0));"),
    ("the values of sides", "ReverseSides.cpp",
     "add(operand, share(i, fields.number(1), isWeight[i]));", ""),
    ("the functions that sides are given", "ReverseSides.cpp",
     "tell(number, fields.multiply(outer, onSame));",
     "tell(number, onSame);"),
    ("the order of passes", "ReverseLoops.cpp",
     "pass.replaceAllUsesExcept(own, own.getDefiningOp());", "(void)own;"),
    ("the sum over passes", "ReverseLoops.cpp",
     "yields.push_back(Fields(builder, loc).add(before, share));",
     "yields.push_back(share);"),
    ("the number of a pass that is made again", "ReverseLoops.cpp",
     "pass = builder.create<arith::AddIOp>(loc, first, pass);", "(void)first;"),
    ("the solution of the implicit iteration", "ReverseLoops.cpp",
     "if (!goThrough(loop.results(), last))",
     "if (!goThrough(shares, last))"),
    ("the solution of the adjoint equation", "Solutions.cpp",
     "llvm::zip(residual.values, solution.found))\n    reverse.add",
     "llvm::zip(residual.values, solution.right))\n    reverse.add"),
]


class Derivatives(Quiet):
    """Counts wrong derivatives only: nothing else may be noticed."""

    def check(self, title, holds, seen=""):
        if not holds and not title.startswith("with respect to"):
            raise RuntimeError("%s\n%s" % (title, seen))
        super().check(title, holds, seen)


def altered(build, folder, source, before, after):
    """A compiler that can link, too."""
    for shared in ("lib", "share"):
        os.symlink(os.path.join(build.folder, shared),
                   os.path.join(folder, shared))
    return build.weakened(folder, source, before, after, "gradient")


def main():
    build, chosen = Build(sys.argv[1]), sys.argv[2:]
    workshop = Workshop(None)
    for name, source, before, after in WEAKENED:
        if chosen and name not in chosen:
            continue
        with tempfile.TemporaryDirectory() as folder:
            quiet = Derivatives(altered(build, folder, source, before, after))
            count = 0
            while count < PROGRAMS and not quiet.failed:
                check_program(quiet, SEED, count, False)
                count += 1
            print("without %s: %s after %d programs" % (
                name, "noticed" if quiet.failed else "NOT noticed", count),
                flush=True)
            workshop.check("without " + name, quiet.failed > 0)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
