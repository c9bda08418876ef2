#!/usr/bin/env python3
"""Runs the Python of a page, block by block in one session, in a folder that has
the script of README.md as heat.pde.

usage: page.py path/to/pdec README.md page.md

A line `EXPRESSION  # -> TEXT` must have a value of that text, a line
`EXPRESSION  # raises NAME: TEXT` an exception.
"""

import ast
import os
import re
import sys

sys.dont_write_bytecode = True
from package import find_torch, open_workshop


def blocks(page, word):
    """Yields (number of the first line, text)."""
    with open(page, encoding="utf-8") as file:
        text = file.read()
    for block in re.finditer(r"^```%s\n(.*?)^```$" % word, text,
                             re.MULTILINE | re.DOTALL):
        yield text[:block.start()].count("\n") + 2, block.group(1)


def outcome(code, names):
    try:
        return "-> %r" % (eval(code, names),)
    except Exception as error:
        kind = type(error).__name__
        return "raises %s: %s" % (kind, error) if str(error) else \
            "raises " + kind


def run(workshop, where, text, names):
    """Returns how many promises the block makes."""
    promises = 0
    lines = text.splitlines()
    for node in ast.parse(text).body:
        last = lines[node.end_lineno - 1]
        promised = re.search(r"#\s+((?:->|raises) .*)$", last)
        if isinstance(node, ast.Expr) and promised:
            promises += 1
            code = compile(ast.Expression(node.value), where, "eval")
            found = outcome(code, names)
            # The text of an exception may be left out.
            holds = found == promised.group(1) or \
                ":" not in promised.group(1) and \
                found.startswith(promised.group(1) + ":")
            workshop.check("%s, %s" % (where, last), holds, found)
        else:
            exec(compile(ast.Module([node], []), where, "exec"), names)
    return promises


def main():
    workshop = open_workshop()
    find_torch()
    readme, page = map(os.path.abspath, sys.argv[2:])
    os.chdir(workshop.folder)
    workshop.write("heat.pde", next(blocks(readme, "pde"))[1])
    names, promises = {}, 0
    for line, text in blocks(page, "python"):
        promises += run(workshop, "%s:%d" % (page, line), text, names)
    workshop.check("the page makes promises", promises > 0)
    os.chdir("/")
    return workshop.finish()


sys.exit(main())
