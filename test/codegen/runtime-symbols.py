#!/usr/bin/env python3
"""Compares the list of runtime functions that generated code calls with their
declarations.

usage: runtime-symbols.py RuntimeAbi.cpp pde_runtime.h
"""

import re
import sys

LETTERS = {"void": "v", "int32_t": "i", "int64_t": "l", "double": "d",
           "pde_body": "b", "pde_pointwise": "f"}


def letter(declaration):
    """The letter of a C parameter or result, its name included or not."""
    if "*" in declaration:
        return "p"
    words = [word for word in declaration.split() if word != "const"]
    return LETTERS.get(words[0], "?")


with open(sys.argv[1]) as file:
    listed = dict(re.findall(r'\{"(pde_\w+)", "(\w+)"\}', file.read()))
with open(sys.argv[2]) as file:
    header = re.sub(r"//.*|/\*.*?\*/", "", file.read())
declared = {}
for result, name, arguments in re.findall(
        r"^((?:\w+ )+\**)(pde_\w+)\(([^()]*)\);", header, re.MULTILINE):
    declared[name] = letter(result) + "".join(
        letter(argument) for argument in arguments.split(","))

# The entry points of host programs are not for generated code; main, which calls
# pde_main, is made where the program's description is.
hosts = {"pde_main", "pde_execute", "pde_abi_version"}
faults = ["%s is listed as %s and declared as %s" %
          (name, listed.get(name), declared.get(name))
          for name in sorted((set(listed) | set(declared)) - hosts)
          if listed.get(name) != declared.get(name)]
if len(listed) < 20 or not hosts <= set(declared):
    faults.append("%d listed, %d declared: were they found?" % (len(listed),
                                                                len(declared)))
sys.exit("\n".join(faults) or 0)
