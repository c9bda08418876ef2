#!/usr/bin/env python3
"""Compares the structures of the Python package with those of pde_runtime.h, as
a C compiler lays them out.

usage: structures.py path/to/root
"""

import ctypes
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
root = sys.argv[1]
sys.path.insert(0, os.path.join(root, "python"))
from pdec import abi  # noqa: E402

STRUCTURES = {"pde_value": abi.Value, "pde_param": abi.Param,
              "pde_grid": abi.Grid, "pde_port": abi.Port, "pde_loop": abi.Loop,
              "pde_evolved": abi.Evolved, "pde_record": abi.Record,
              "pde_origin": abi.Origin, "pde_program": abi.Program,
              "pde_moment": abi.Moment, "pde_call": abi.Call}
CONSTANTS = {"PDE_ABI_VERSION": abi.ABI_VERSION, "PDE_MAX_RANK": abi.MAX_RANK,
             "PDE_F32": abi.F32, "PDE_INT": abi.INT}

expected, lines = [], []


def compare(what, c_text, value):
    expected.append("%s %d" % (what, value))
    lines.append('printf("%s %%ld\\n", (long)(%s));' % (what, c_text))


for name, structure in STRUCTURES.items():
    compare(name, "sizeof(%s)" % name, ctypes.sizeof(structure))
    for field, _ in structure._fields_:
        place = getattr(structure, field)
        compare(name + "." + field, "offsetof(%s, %s)" % (name, field),
                place.offset)
        compare(name + "." + field, "sizeof(((%s *)0)->%s)" % (name, field),
                place.size)
for name, value in CONSTANTS.items():
    compare(name, name, value)

with tempfile.TemporaryDirectory() as folder:
    program = os.path.join(folder, "program")
    subprocess.run(["clang-19", "-x", "c", "-I", root, "-o", program, "-"],
                   input='#include "runtime/pde_runtime.h"\n#include <stdio.h>'
                   "\nint main(void) { %s }\n" % "\n".join(lines), text=True,
                   check=True)
    found = subprocess.run([program], capture_output=True, text=True,
                           check=True).stdout.splitlines()
faults = ["%s, but in C %s" % pair for pair in zip(expected, found)
          if pair[0] != pair[1]]
sys.exit("\n".join(faults) or len(found) != len(expected))
