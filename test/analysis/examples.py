#!/usr/bin/env python3
"""What `pdec check` prints of all examples, against the file beside this, which
a person has read.

usage: examples.py path/to/pdec [--refresh]
"""

import difflib
import glob
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = os.path.join(HERE, "examples.expected")


def printed(pdec):
    text = ""
    for path in sorted(glob.glob(os.path.join(HERE, "../../examples/*.pde"))):
        ran = subprocess.run([pdec, "check", path], check=True,
                             capture_output=True, text=True)
        text += "== %s\n%s%s" % (os.path.basename(path), ran.stdout,
                                 ran.stderr)
    return text


def main():
    found = printed(os.path.abspath(sys.argv[1]))
    if sys.argv[2:] == ["--refresh"]:
        with open(EXPECTED, "w", encoding="utf-8") as file:
            file.write(found)
        return 0
    with open(EXPECTED, encoding="utf-8") as file:
        expected = file.read()
    sys.stdout.writelines(difflib.unified_diff(
        expected.splitlines(True), found.splitlines(True), "expected",
        "found"))
    return int(found != expected)


sys.exit(main())
