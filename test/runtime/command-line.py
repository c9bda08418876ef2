#!/usr/bin/env python3
"""Runs runtime-demo on what is right: formats, summary, help, plot, profile.

usage: command-line.py path/to/runtime-demo
"""

import base64
import os
import re
import stat
import sys
import threading
import xml.etree.ElementTree as xml

sys.dont_write_bytecode = True
from demo import Tally, npy, read_npy
from pictures import read_png

tally = Tally(sys.argv[1])


def run(title, *arguments, **more):
    """Runs to success and returns what was printed."""
    result = tally.run(*arguments, **more)
    tally.check(title, result.returncode == 0, result.stderr)
    return result


def content(name):
    with open(tally.path(name), "rb") as file:
        return file.read()


values = [0.0, 1.0, 4.0, 9.0]
tally.put("a.npy", npy(values))

# -- summary ------------------------------------------------------------------

result = run("summary", "--input", "a.npy", "--set", "steps=0")
tally.check("summary text", result.stdout == "u on X (4 cells): min 0, max 9, "
            "mean 3.5, 2-norm 9.89949494\n" and result.stderr == "",
            result.stdout)
result = run("quiet", "--quiet")
tally.check("quiet text", result.stdout + result.stderr == "")
sums = {run("threads", "--size", "300001", "--threads", count).stdout
        for count in ("1", "2", "7")}
tally.check("same summary for any threads", len(sums) == 1, sums)

# -- certificate and watch ------------------------------------------------------

result = run("certificate", "--certificate")
tally.check("certificate text", result.stdout == "heat.pde:4:1: u\n  proved: "
            "the Euclidean norm of u never grows\n", result.stdout)
result = tally.run("--certificate", "--set", "tau=0.1")
tally.check("certificate of others", result.returncode == 2 and
            result.stdout == "" and result.stderr ==
            "demo: error: --certificate is that of the script's own parameters "
            "and sizes: 'pdec check' takes others; demo --help lists the "
            "options\n", result.stderr)
result = run("no certificate", "--certificate", demo="copy")
tally.check("no certificate text", result.stdout == "copy.pde has no evolution "
            "of which anything could be proved\n", result.stdout)
tally.put("spike.csv", "0\n0\n1\n0\n0\n")
run("watched", "--input", "spike.csv", "--watch", "--quiet")
result = tally.run("--input", "spike.csv", "--watch", "--set", "tau=0.9")
tally.check("watched norm", result.returncode == 1 and result.stderr ==
            "demo: error: step 1 of 'u' (heat.pde:4) lets the "
            "Euclidean norm grow from 1 to 1.50332964 (largest: 0.9 at cell 1), "
            "which the certificate excludes for the script's own parameters: "
            "the run is unstable for these parameters\n", result.stderr)

# -- formats ------------------------------------------------------------------

run("npy out", "--input", "f=a.npy", "--set=steps=0", "--output=u=out.npy")
tally.check("npy values", read_npy(tally.path("out.npy")) == values)
run("csv out", "--input", "a.npy", "--set", "steps=0", "--output", "b.csv")
tally.check("csv text", content("b.csv") == b"0\n1\n4\n9\n", content("b.csv"))
run("round trip", "--size", "1000", "--set", "steps=3", "--output", "c.csv")
run("round trip", "--size", "1000", "--set", "steps=3", "--output", "c.npy")
run("round trip", "--input", "c.csv", "--set", "steps=0", "--output", "d.npy")
tally.check("csv digits", content("c.npy") == content("d.npy"))

for title, text in [
        ("lines", "0\n1\n4\n9\n"), ("no last line end", "0\n1\n4\n9"),
        ("one line", "0,1,4,9\n"), ("semicolons", "0; 1 ;4;9"),
        ("blanks", " 0 1 4   9 \n"), ("tabs", "0\t1 \t 4\t9\n"), ("DOS", "0\r\n1\r\n4\r\n9\r\n"),
        ("heading", "the value\n0\n1\n4\n9\n"),
        ("comments", "# c\n\n0 # zero\n1\n4\n#\n9\n\n"),
        ("byte order mark", "\ufeff0\n1\n4\n9\n"),
        ("number styles", "+0.0\n1e0\n.4E+1\n9.\n")]:
    tally.put("in.csv", text)
    run(title, "--input", "in.csv", "--set", "steps=0", "--output", "out.npy")
    tally.check("values of " + title,
                read_npy(tally.path("out.npy")) == values)

tally.put("m.csv", "x,y,z\n1,2,3\n4,5,6\n")
run("matrix", "--input", "a=m.csv", "--output", "c=out.npy", "--output",
    "d=d.csv", demo="copy")
tally.check("matrix values",
            read_npy(tally.path("out.npy")) == [1, 2, 3, 4, 5, 6])
tally.check("matrix text", content("d.csv") == b"0,0,0\n0,0,0\n")

# -- several outputs ----------------------------------------------------------

os.mkdir(tally.path("x"))
run("outputs between commas", "--input", "a=m.csv", "--output",
    "c=x/1,5.npy,d=x/d.csv", demo="copy")
tally.check("a comma in a path", sorted(os.listdir(tally.path("x"))) ==
            ["1,5.npy", "d.csv"], os.listdir(tally.path("x")))
run("inputs between commas", "--input", "a=x/1,5.npy,b=m.csv", "--output",
    "c=x/./a=1.npy", demo="copy")
tally.check("an equals sign in a path", read_npy(tally.path("x/a=1.npy")) ==
            [1, 2, 3, 4, 5, 6])
umask = os.umask(0o27)
run("a folder that is missing", "--input", "a=m.csv", "--output", "made/",
    demo="copy")
os.umask(umask)
tally.check("is made", sorted(os.listdir(tally.path("made"))) ==
            ["c.npy", "d.npy"] and
            stat.S_IMODE(os.stat(tally.path("made")).st_mode) == 0o750)
run("a folder for the others", "--input", "a=m.csv", "--output", "made/",
    "--output", "d=made/d.csv", demo="copy")
tally.check("one has its own", content("made/d.csv") == content("d.csv"))
run("a folder for one", "--output", "u=made/", "--quiet")
tally.check("its name", os.path.exists(tally.path("made/u.npy")))

# -- targets ------------------------------------------------------------------

before = tally.run("--quiet", "--output", "e.npy", before=lambda: os.umask(0o27))
tally.check("umask", stat.S_IMODE(os.stat(tally.path("e.npy")).st_mode) == 0o640)
os.chmod(tally.path("e.npy"), 0o604)
run("replace", "--output", "e.npy")
tally.check("mode kept", stat.S_IMODE(os.stat(tally.path("e.npy")).st_mode)
            == 0o604)
os.symlink("e.npy", tally.path("link.npy"))
run("link", "--input", "a.npy", "--set", "steps=0", "--output", "link.npy")
tally.check("link followed", os.path.islink(tally.path("link.npy"))
            and read_npy(tally.path("e.npy")) == values)
run("onto its input", "--input", "a.npy", "--set", "steps=0", "--output",
    "a.npy")
tally.check("values kept", read_npy(tally.path("a.npy")) == values)
run("null device", "--output", "/dev/null")
os.mkfifo(tally.path("pipe.npy"))
received = []
reader = threading.Thread(target=lambda: received.append(content("pipe.npy")))
reader.start()
run("FIFO", "--input", "a.npy", "--set", "steps=0", "--output", "pipe.npy")
reader.join()
tally.check("FIFO bytes", received == [content("a.npy")])

# -- parameters ---------------------------------------------------------------

one = run("list", "--set", "tau=0.1,steps=+7").stdout
two = run("repeated", "--set", "tau=9", "--set=tau=.1", "--set", "steps=7").stdout
tally.check("same parameters", one == two, one + two)

# -- help ---------------------------------------------------------------------

result = run("help", "--help")
tally.check("help text", result.stderr == "" and result.stdout.startswith(
    """usage: demo [options]

heat, compiled from heat.pde (kernel, f64)

inputs
  f          on X  has a default

outputs
  u          on X

parameters
  tau        real  default 0.25  must be > 0
  steps      int   default 10  must be >= 0 and <= 1e+09

grids
  X          (x)  default 100 cells, at least 2

options
"""), result.stdout)
result = run("help of another", "-h", demo="copy")
tally.check("grid without size", "  G          (x, y)  no default size, at "
            "least 1 x 1\n" in result.stdout, result.stdout)

# -- plot and profile ---------------------------------------------------------

for size in ("2", "100", "1000000"):
    run("plot", "--size", size, "--quiet", "--plot", "p.svg")
    root = xml.fromstring(content("p.svg"))
    texts = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
    tally.check("plot of " + size, len(content("p.svg")) < 100000
                and {"f", "u", "x", "heat"} <= set(texts), texts)
tally.put("flat.csv", "3\n3\n3\n")
run("plot of a constant", "--input", "flat.csv", "--plot", "p.svg", "--quiet")
tally.put("huge.csv", "-1.7e308\n1.7e308\n")
run("plot of the huge", "--input", "huge.csv", "--plot", "p.svg", "--quiet",
    "--set", "steps=0")
tally.check("no nan in it", b"nan" not in content("p.svg")
            and b"inf" not in content("p.svg"), content("p.svg"))

# Images for fields of two and three dimensions, a course for each loop.
SVG = "{http://www.w3.org/2000/svg}"
run("plot of all kinds", "--quiet", "--size", "G=1023x31,V=9x700x3", "--plot",
    "p.svg", demo="solve")
root = xml.fromstring(content("p.svg"))
texts = ["".join(node.itertext()) for node in root.iter(SVG + "text")]
tally.check("its texts", {
    "solve", "finput", "u", "vslice at x = 0.4444", "w", "x", "y", "z", "s",
    "pass", "iteration for uresidual, the last of 2 runs",
    "iteration for wchange", "below 1e-08", "10\u22128"} <= set(texts), texts)
images = list(root.iter(SVG + "image"))
sizes = []
for image in images:
    start, data = image.get("href").split(",")
    tally.check("image is embedded", start == "data:image/png;base64")
    rows = read_png(base64.b64decode(data))
    sizes.append((len(rows), len(rows[0])))
# 1023 rows become 512, 700 become 350; few pixels are repeated.
tally.check("sizes of images", sizes == [(512, 589), (512, 589), (350, 600)],
            sizes)
run("plot of an image", "--quiet", "--input", "a=m.csv", "--plot", "p.svg",
    demo="copy")
root = xml.fromstring(content("p.svg"))
rows = read_png(base64.b64decode(
    next(root.iter(SVG + "image")).get("href").split(",")[1]))
tally.check("first axis downwards", [row[::200] for row in rows[::300]] ==
            [[0, 51, 102], [153, 204, 255]], rows[0][::200])
for size in ("3x7", "3x700", "1x1"):
    run("plot of " + size, "--quiet", "--size", "V=5x" + size, "--plot",
        "p.svg", demo="solve")
    tally.check("no nan in it", b"nan" not in content("p.svg"))

result = run("profile of iterations", "--quiet", "--profile", demo="solve")
tally.check("text of iterations", all(
    re.fullmatch(text + r", [\d.]+ [kM]?passes/s", line) for text, line in zip([
        "  iteration u  2 runs, 238 passes, last residual 5.94e-09",
        "  iteration w  1 run, 27 passes, last change 8.32e-09"],
        result.stderr.splitlines()[-2:])), result.stderr)
result = run("help of a hierarchy", "--help", demo="solve")
tally.check("coarser grids are not named", "G_1" not in result.stdout
            and "G  " in result.stdout, result.stdout)

result = run("profile", "--profile", "--threads", "1")
lines = result.stderr.splitlines()
tally.check("profile text", lines[0] == "demo: kernel, f64, 1 thread"
            and [line.split()[0] for line in lines[1:]] ==
            ["reading", "computing", "writing", "peak"]
            and "points/s" in lines[2] and "B/s" in lines[2], result.stderr)

tally.check("nothing left", not [name for name in os.listdir(tally.folder)
                                 if name.startswith(".pde")])
tally.finish()
