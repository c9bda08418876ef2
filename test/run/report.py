#!/usr/bin/env python3
"""Reads the pages of --report.

usage: report.py path/to/pdec path/to/root [CHROMIUM]
"""

import hashlib
import os
import subprocess
import sys

sys.dont_write_bytecode = True
pdec, root = map(os.path.abspath, sys.argv[1:3])
chromium = sys.argv[3] if len(sys.argv) > 3 else ""
sys.path[:0] = [os.path.join(root, "test", "docs")]
from browser import Page, browse  # noqa: E402
from programs import Workshop  # noqa: E402

workshop = Workshop(pdec)
os.chdir(workshop.folder)

SCRIPT = """# <b>1 & 2</b> </code></pre> <script>alert("x")</script> \u03bb
grid X : 2d, boundary reflecting, extent [0, 1], size [9, 12]
param tau = 1e-3 where 0 < tau <= 1, k = 1.0
input f on X = x - y
input flat on X = 3
evolve u from f by explicit(u -> k*laplace(u), tau) for 5 steps
let w = fixpoint v from u { 0.5*(v + f) } until change < 1e-6, at most 99
output u, w, total = sum(u)
"""
with open("r.pde", "w", encoding="utf-8") as file:
    file.write(SCRIPT)


class Report(Page):
    """A page with the text below each heading."""

    def __init__(self, path):
        self.sections, self.title, self.loads = {}, "", []
        super().__init__(path)
        self.loads = [address for name, tag, address in self.links
                      if not address.startswith("data:")]

    def handle_data(self, data):
        if self.open and self.open[-1] == "h2":
            self.title = data
            self.sections[data] = ""
        elif self.title and "svg" not in self.open:
            self.sections[self.title] += data
        elif self.title == "Network":
            self.sections[self.title] += data + "\n"


def run(command, **more):
    return subprocess.run(command, capture_output=True, text=True, timeout=120,
                          **more)


def check(title, report, *texts):
    workshop.check(title + ": is whole", not report.faults, report.faults)
    workshop.check(title + ": loads nothing", not report.loads, report.loads)
    for section, text in texts:
        found = report.sections.get(section, "no such section")
        workshop.check("%s: %s" % (title, section), text in found, found)


digest = hashlib.sha256(SCRIPT.encode()).hexdigest()
compiled = run([pdec, "r.pde", "-o", "r"])
workshop.check("compiles", compiled.returncode == 0, compiled.stderr)
result = run(["./r", "--set", "tau=0.002,k=2", "--report", "a.html", "--output",
              "u=u.npy", "--plot-y", "up"])
workshop.check("a program makes a report", result.returncode == 0, result.stderr)
workshop.check("the summary is as without it",
               result.stdout.count("\n") == 2 and "u on X" not in result.stdout,
               result.stdout)
report = Report("a.html")
check("a program", report,
      ("Script", SCRIPT), ("Parameters", "tau0.0020.001> 0 and <= 1"),
      ("Data", "fX, 9 x 12 cellsdefault of the script"),
      ("Results", "u.npymin "), ("Results", "total"),
      ("Iterations", "change"), ("Time and memory", "peak memory"),
      ("What is proved of the steps", "r.pde:6:1: u"),
      ("Network", "time steps: 5 passes"),
      ("Where it comes from", digest), ("Where it comes from", "pdec 0."),
      ("Where it comes from", "--set tau=0.002,k=2"),
      ("Where it comes from", "--as kernel --precision f64"))
with open("a.html", encoding="utf-8") as file:
    text = file.read()
workshop.check("the constant input is not drawn",
               ">f</tspan>" in text and ">flat</tspan>" not in text)

# In memory, as a network, and drawn without Graphviz, which is nowhere.
result = run([pdec, "run", "--as", "network", "r.pde", "--quiet", "--report",
              "b.html", "--set", "tau=0.5"], env={"PATH": "/nowhere"})
workshop.check("pdec run makes a report", result.returncode == 0,
               result.stderr)
other = Report("b.html")
check("pdec run", other, ("Script", SCRIPT),
      ("Network", "time steps: 5 passes"), ("Network", "output w"),
      ("What is proved of the steps", "r.pde:6:1: u"),
      ("Where it comes from", "--as network"))
workshop.check("every block of the network is drawn",
               {line.strip() for line in other.sections["Network"].split("\n")}
               >= {"input f", "input flat", "laplace", "output u", "output w",
                   "output total", "skip: u + k*tau*R(u)"},
               other.sections["Network"])

# What goes wrong leaves no page, and an older one as it is.
with open("old.html", "w") as file:
    file.write("old")
for title, words, sentence in [
        ("another ending", ["--report", "a.txt"],
         "--report writes .html files only"),
        ("a way up without a picture", ["--plot-y", "up"],
         "nothing is drawn"),
        ("a way that is none", ["--plot-y", "left", "--plot", "p.svg"],
         "'up' or 'down'"),
        ("no such folder", ["--report", "no/a.html"],
         "cannot write the report to 'no/a.html'"),
        ("a run that fails", ["--report", "old.html", "--set", "k=1e300"],
         "not finite")]:
    result = run(["./r"] + words)
    workshop.check(title, result.returncode == 1 and sentence in result.stderr,
                   result.stderr)
with open("old.html") as file:
    workshop.check("the older page stays", file.read() == "old")
workshop.check("nothing else is left",
               not [name for name in os.listdir() if name.startswith(".pde")])
result = run(["./r", "--report", "-.html", "--quiet"])
workshop.check("to standard output", result.stdout.startswith("<!DOCTYPE html>"))

if chromium:
    for word in "light", "dark":
        pages = ["a.html", "b.html"]
        found = browse(chromium, workshop.folder, pages, word == "dark")
        workshop.check("in Chromium, " + word,
                       found == ["%s: %s" % (word, page) for page in pages],
                       found)
os.chdir("/")
sys.exit(workshop.finish())
