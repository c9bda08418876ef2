#!/usr/bin/env python3
"""Checks the scripts that pages of the documentation show.

usage: check-examples.py path/to/pdec page.md...

A block fenced as ```pde is a complete script, which `pdec check` must accept.
Blocks with other words (pde-fragment, pde-faulty, sh) are left alone.
"""

import os
import subprocess
import sys
import tempfile


def scripts(page):
    """Yields (line number, text) of each complete script of a page."""
    word, start, lines = None, 0, []
    with open(page, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.startswith("```"):
                lines.append(line)
            elif word is None:
                word, start, lines = line[3:].strip(), number, []
            else:
                if word == "pde":
                    yield start, "".join(lines)
                word = None
    if word is not None:
        sys.exit("%s:%d: the block is never closed" % (page, start))


def complaint_about(pdec, folder, text):
    """What `pdec check` says against a script, or None."""
    path = os.path.join(folder, "script.pde")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    result = subprocess.run([pdec, "check", path], capture_output=True,
                            text=True, timeout=60)
    if result.returncode == 0:
        return None
    return result.stderr or "exit status %d" % result.returncode


def main(pdec, *pages):
    count = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for page in pages:
            for line, text in scripts(page):
                count += 1
                complaint = complaint_about(pdec, folder, text)
                if complaint:
                    failed += 1
                    print("FAILED: %s:%d\n%s" % (page, line, complaint))
    print("%d scripts, %d failed" % (count, failed))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
