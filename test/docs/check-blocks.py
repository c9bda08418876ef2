#!/usr/bin/env python3
"""Runs the code that pages of the documentation show.

usage: check-blocks.py path/to/pdec page.md...

The blocks of a page run one after another in a folder that has the examples.
What is done with one depends on the words behind its fence:
    pde                 a complete script: `pdec check` accepts it; if the line
                        above says "as `NAME.pde`", it has that name from then on
    pde-faulty          part of the error index, which test/check covers
    sh                  each command must succeed
    sh elsewhere        installs or builds something, or measures: it must be
                        words that bash can read
    python              runs, after the page's earlier blocks
    python elsewhere    needs what a test has not: Python must be able to read it
    matlab elsewhere    is shown only
    c                   runs in a main function
    cpp                 is kept under the name that the line above says
    WORD ARGUMENTS      what `pdec ARGUMENTS` prints, with gaps where `...` is and
                        other numbers of values (%12); for any other WORD
    text                is shown, not run
A block without a word is a mistake, and so is one that is never closed.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(os.path.dirname(here))
sys.dont_write_bytecode = True

# What a page takes for granted, for its reader or in the text around blocks.
preparations = {
    "README.md": "cp signal.npy mine.npy",
    "language.md": "printf 'fun cubic_flux(s, lambda) = s*(1 + "
                   "(s/lambda)^2)\\n' > fluxes.pde",
    "running.md": "pdec perona_malik.pde -o prog; pdec heat.pde -o heat; "
                  "cp signal.npy a.npy; printf '0\\n1\\n0\\n2\\n' | gzip > f.csv.gz",
}
# Pages whose heat.pde is that of README.md.
readme_heat = {"README.md", "compiling.md", "python.md"}
# Python that test/python runs.
elsewhere_tested = {"python.md": "python"}

c_frame = """#include "perona_malik.h"
#include <stdio.h>
int main(void) {
  enum { size = 64 };
  double f[size] = {1.0}, u[size];
  %s
  return u[0] > 0 ? 0 : 1;
}
"""


def blocks(page):
    """Yields (line number, words behind the fence, text, line above)."""
    words, start, lines, above = None, 0, [], ""
    with open(page, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.startswith("```"):
                if words is None:
                    above = line.strip() or above
                else:
                    lines.append(line)
            elif words is None:
                words, start, lines = line[3:].split(), number, []
            else:
                yield start, words, "".join(lines), above
                words = None
    if words is not None:
        raise SystemExit("%s:%d: the block is never closed" % (page, start))


def simplified(text):
    """Text without what may differ: blanks, and the names of values."""
    return re.sub(r"%[\w#.]+", "%", re.sub(r"\s+", " ", text)).strip()


def missing_piece(shown, printed):
    """The first piece of `shown`, cut at `...`, that `printed` does not have in
    this order, or None."""
    at = 0
    for piece in simplified(shown).split("..."):
        found = printed.find(piece.strip(), at)
        if found < 0:
            return piece.strip()
        at = found + len(piece.strip())
    return None


class Page:
    """Runs the blocks of a page; each returns a complaint or None."""

    def __init__(self, pdec, path, folder):
        self.name, self.folder, self.session = os.path.basename(path), folder, ""
        if path == os.path.join(root, "README.md"):
            self.name = "README.md"
        elif self.name == "README.md":
            self.name = path
        bin = os.path.join(folder, "bin")
        os.mkdir(bin)
        os.symlink(os.path.abspath(pdec), os.path.join(bin, "pdec"))
        if not shutil.which("dot"):  # graphviz draws, and is no part of this
            with open(os.path.join(bin, "dot"), "w") as file:
                file.write("#!/bin/sh\nexec grep -q digraph\n")
            os.chmod(os.path.join(bin, "dot"), 0o755)
        self.environment = dict(
            os.environ, PDEC=os.path.abspath(pdec), NO_COLOR="1",
            PDEC_CACHE=os.path.join(folder, "cache"),
            PYTHONPATH=os.path.join(root, "python"),
            PATH=os.pathsep.join([bin, folder, os.environ["PATH"]]))
        self.prepare()

    def prepare(self):
        examples = os.path.join(root, "examples")
        for name in os.listdir(examples):
            if name.endswith(".pde"):
                shutil.copy(os.path.join(examples, name), self.folder)
        os.symlink(os.path.join(root, "bench"),
                   os.path.join(self.folder, "bench"))
        if self.name in readme_heat:
            for _, words, text, _ in blocks(os.path.join(root, "README.md")):
                if words == ["pde"]:
                    self.write("heat.pde", text)
        code = "import numpy; numpy.save('signal.npy', numpy.arange(100.) % 7)"
        self.run([sys.executable, "-c", code])
        complaint = self.sh([], preparations.get(self.name, ""))
        if complaint:
            raise SystemExit("preparing %s: %s" % (self.name, complaint))

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def run(self, command):
        """A complaint if the command fails."""
        result = subprocess.run(command, capture_output=True, text=True,
                                timeout=120, cwd=self.folder,
                                env=self.environment, stdin=subprocess.DEVNULL)
        if result.returncode == 0:
            return None
        return result.stdout[-500:] + result.stderr or \
            "exit status %d" % result.returncode

    def pde(self, arguments, text, above=""):
        named = re.search(r"as `(\w+\.pde)`", above)
        path = self.write(named[1] if named else "script.pde", text)
        return self.run(["pdec", "check", path])

    def sh(self, arguments, text, above=""):
        words = ["bash", "-n"] if arguments == ["elsewhere"] else ["bash", "-e"]
        return self.run(words + [self.write("block.sh", text)])

    def python(self, arguments, text, above=""):
        if arguments == ["elsewhere"]:
            return self.run([sys.executable, "-m", "py_compile",
                             self.write("block.py", text)])
        self.session += text
        return self.run([sys.executable, "-B",
                         self.write("block.py", self.session)])

    def c(self, arguments, text, above=""):
        self.write("block.c", c_frame % text)
        return self.sh([], "pdec perona_malik.pde --emit lib -o perona_malik.so\n"
                       "clang-19 block.c ./perona_malik.so -o block\n./block\n")

    def cpp(self, arguments, text, above=""):
        named = re.search(r"as `(\w+\.cpp)`", above)
        self.write(named[1] if named else "block.cpp", text)
        return None if named else "say under which name it is kept"

    def printed(self, arguments, text, above=""):
        result = subprocess.run(["pdec"] + arguments, capture_output=True,
                                text=True, timeout=60, cwd=self.folder,
                                env=self.environment)
        piece = missing_piece(text, simplified(result.stdout + result.stderr))
        return None if piece is None else "pdec %s does not print\n  %s" % (
            " ".join(arguments), piece)

    def complaint_about(self, words, text, above):
        if not words:
            return "the block does not say what it is"
        word, arguments = words[0], words[1:]
        if words == ["text"] or word == "pde-faulty" or \
                elsewhere_tested.get(self.name) == word:
            return None
        if word in ("pde", "sh", "python", "c", "cpp"):
            return getattr(self, word)(arguments, text, above)
        # Of CMake test/driver/install.test has a project of its own.
        if word == "cmake" or words == ["matlab", "elsewhere"]:
            return None
        if not arguments:
            return "the block does not say which command prints it"
        return self.printed(arguments, text, above)


def main(pdec, *pages):
    count = failed = 0
    for path in pages:
        with tempfile.TemporaryDirectory() as folder:
            page = Page(pdec, os.path.abspath(path), folder)
            for line, words, text, above in blocks(path):
                count += 1
                complaint = page.complaint_about(words, text, above)
                if complaint:
                    failed += 1
                    print("FAILED: %s:%d\n%s" % (path, line, complaint))
    print("%d blocks, %d failed" % (count, failed))
    sys.exit(1 if failed or not count else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
