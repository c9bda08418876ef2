#!/usr/bin/env python3
"""Compares two kernels made for different vector widths: the sequence of
floating-point operations in every function is the same.

usage: same-but-width.py a.mlir b.mlir
"""

import re
import sys

ARITHMETIC = re.compile(
    r"(func\.func \S+ @\w+|arith\.\w+f\b[^%]*|math\.\w+|vector\.create_mask"
    r"|llvm\.intr\.masked\.\w+|scf\.\w+)")


def operations(path):
    with open(path) as file:
        lines = [line for line in file if "f64" in line or "scf." in line or
                 "func.func" in line]
    names = (ARITHMETIC.search(line) for line in lines
             if "constant" not in line)
    return [name.group(1).strip() for name in names if name]


first, second = (operations(path) for path in sys.argv[1:])
for number, (one, other) in enumerate(zip(first, second)):
    if one != other:
        sys.exit("operation %d: %s, and %s" % (number, one, other))
sys.exit(0 if len(first) == len(second) > 50 else
         "%d and %d operations" % (len(first), len(second)))
