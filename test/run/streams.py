#!/usr/bin/env python3
"""Scripts and data from standard input, data to standard output ("-").

usage: streams.py path/to/pdec
"""

import io
import os
import subprocess
import sys
import tempfile

import numpy as np

sys.dont_write_bytecode = True
sys.path.append(os.path.join(os.path.dirname(__file__), "..", "runtime"))
from pictures import png
from programs import Workshop

workshop = Workshop(os.path.abspath(sys.argv[1]))
PDEC = workshop.pdec
LINE = """grid X : 1d, size 4
input f on X = x
input g on X = 0
output u = 2*f + g
output v = f
"""
IMAGE = """grid X : 2d, size 3
input f on X = 0
output u = f
"""


def run(command, data=b"", **more):
    """Through a pipe, which cannot be read twice."""
    return subprocess.run(command, input=data, capture_output=True,
                          cwd=workshop.folder, timeout=120, **more)


def check(title, done, code, output=None, error=""):
    workshop.check(title, done.returncode == code and
                   (output is None or done.stdout == output) and
                   error in done.stderr.decode() and
                   bool(error) == bool(done.stderr),
                   (done.returncode, done.stdout[:200], done.stderr))


def npy(values):
    file = io.BytesIO()
    np.save(file, values)
    return file.getvalue()


def loaded(data):
    return np.load(io.BytesIO(data))


# -- scripts -------------------------------------------------------------------

script = LINE.encode()
check("check", run([PDEC, "check", "-"], script), 0,
      b"<stdin> has no evolution of which anything could be proved\n")
check("check, faulty", run([PDEC, "check", "-"], b"grid X : 1d\noutput u = f\n"),
      1, b"", "<stdin>:2:12: error: unknown name 'f'")
check("fmt", run([PDEC, "fmt", "-"], script.replace(b"2*f", b"2 * f")), 0,
      script)
summary = run([PDEC, "run", workshop.write("s.pde", LINE)]).stdout
check("run", run([PDEC, "run", "-"], script), 0, summary)
check("compile", run([PDEC, "-", "-o", "prog"], script), 0, b"")
prog = workshop.path("prog")
check("the program", run([prog]), 0, summary)
ran = run([prog, "--help"])
check("its script", ran, 0)
workshop.check("its name", b"stdin, compiled from <stdin>" in ran.stdout,
               ran.stdout)
module = run([PDEC, "-", "--emit", "pde"], script).stdout
check("a module", run([PDEC, "run", "-"], module), 0, summary)
check("a module with locations", run(
    [PDEC, "run", "-"], run([PDEC, "-", "--emit", "pde", "--locations"],
                            script).stdout), 0, summary)
check("an executable to standard output", run(
    [PDEC, "-", "-o", "-"], script), 0)
with tempfile.NamedTemporaryFile("wb", dir=workshop.folder) as file:
    file.write(run([PDEC, "-", "-o", "-"], script).stdout)
    file.flush()
    workshop.check("is one", open(file.name, "rb").read(4) == b"\x7fELF")
check("verify", run([PDEC, "verify", "-", "--precision", "f64"], script), 0)
check("an object", run([PDEC, "-", "--emit", "obj", "-o", "s.o"], script), 0)
check("a library to standard output", run(
    [PDEC, "-", "--emit", "lib", "-o", "-"], script), 1, b"",
    "pdec: error: a library is two files: name it with -o NAME.so\n")
for stage in ("exe", "lib", "obj", "onnx"):
    check("no name for " + stage, run([PDEC, "-", "--emit", stage], script), 2,
          b"", "name the file to write, since the script comes from standard "
          "input")
check("fmt -i", run([PDEC, "fmt", "-i", "-"], script), 2, b"", "there is no file "
      "to write back")
check("nothing", run([PDEC, "check", "-"], b""), run(
    [PDEC, "check", workshop.write("empty.pde", "")]).returncode, b"", "<stdin>")
check("closed", run([PDEC, "check", "-"], None, preexec_fn=lambda: os.close(0)),
      1, b"", "pdec: error: cannot read '<stdin>': Bad file descriptor\n")
with open("/dev/zero") as zero:
    done = subprocess.run([PDEC, "check", "-"], stdin=zero, capture_output=True)
check("endless", done, 1, b"", "'<stdin>' is too large for a script")
os.mkfifo(workshop.path("fifo"))
writer = subprocess.Popen(["cp", workshop.path("s.pde"), workshop.path("fifo")])
check("a FIFO is read once", run([PDEC, "fifo", "--emit", "dot"]), 0)
writer.wait()

# -- inputs --------------------------------------------------------------------

values = np.array([1.0, 4.0, -2.5, 1e300])
texts = {"npy": npy(values), "csv": b"1\n4\n-2.5\n1e300\n",
         "csv of one line": b"1;4;-2.5;1e300\n"}
for name, data in texts.items():
    done = run([prog, "--input", "f=-", "--output", "v=-", "--quiet"], data)
    check("input " + name, done, 0)
    workshop.check("values of " + name, np.array_equal(loaded(done.stdout),
                                                       values))
with open(workshop.path("f.npy"), "wb") as file:
    file.write(texts["npy"])
with open(workshop.path("f.npy"), "rb") as file:
    done = subprocess.run([prog, "--input", "f=-", "--output", "v=-",
                           "--quiet"], stdin=file, capture_output=True)
check("a file as standard input", done, 0, npy(values))
large = np.arange(300000.0)
done = run([prog, "--input", "f=-.npy", "--output", "v=-.npy", "--quiet"],
           npy(large))
check("larger than pipes", done, 0, npy(large))
image = workshop.compile(IMAGE).command[0]
rows = [[(0,), (51,), (255,)], [(102,), (0,), (255,)]]
for name, data in (("png", png(rows)), ("pgm", b"P5 3 2 255\n" + bytes(
        p[0] for row in rows for p in row)), ("csv", b"0 .2 1\n.4 0 1\n")):
    done = run([image, "--input", "-", "--output", "-.csv"], data)
    check("image " + name, done, 0)
    workshop.check("levels of " + name, np.allclose(
        np.loadtxt(io.BytesIO(done.stdout), delimiter=","),
        [[0, 0.2, 1], [0.4, 0, 1]]), done.stdout)
check("an image for a line", run([prog, "--input", "f=-"], png(rows)), 1, b"",
      "cannot read input 'f' from standard input: an image holds a 2-D field")
check("empty", run([prog, "--input", "f=-"]), 1, b"",
      "cannot read input 'f' from standard input: it is empty\n")
check("another format", run([prog, "--input", "f=-.npy"], texts["csv"]), 1, b"",
      "cannot read input 'f' from standard input: it is not an .npy file\n")
check("closed input", run([prog, "--input", "f=-"], None,
                          preexec_fn=lambda: os.close(0)), 1, b"",
      "cannot read input 'f' from standard input: Bad file descriptor\n")
TWICE = "comes from there already, and only one can\n"
check("two inputs", run([prog, "--input", "f=-,g=-"], texts["csv"]), 1, b"",
      "cannot read input 'g' from standard input: input 'f' " + TWICE)
check("script and input", run([PDEC, "run", "-", "--input", "f=-"], script), 1,
      b"", "cannot read input 'f' from standard input: the script " + TWICE)
check("data for a script in a file", run(
    [PDEC, "run", "s.pde", "--input", "f=-", "--output", "v=-.csv", "--quiet"],
    texts["csv"]), 0, texts["csv"].replace(b"1e300", b"1e+300"))

# -- outputs -------------------------------------------------------------------

done = run([prog, "--output", "u=-"])
check("the summary of others goes to stderr", done, 0, None,
      "v on X (4 cells): ")
workshop.check(".npy", loaded(done.stdout).shape == (4,))
check("two outputs", run([prog, "--output", "u=-,v=-"]), 1, b"",
      "cannot write output 'v' to standard output: another output goes there\n")
check("unknown format", run([prog, "--output", "u=-.dat"]), 1, b"",
      "cannot write output 'u' to standard output: its extension tells no "
      "known format")
done = run([prog, "--plot", "-.svg", "--quiet"])
workshop.check("plot", done.returncode == 0 and b"<svg" in done.stdout)
with open("/dev/full", "w") as full:
    done = subprocess.run([prog, "--output", "u=-"], stdout=full,
                          stderr=subprocess.PIPE)
workshop.check("full", done.returncode == 1 and done.stderr.decode() ==
               "prog: error: cannot write output 'u' to standard output: No "
               "space left on device\n", done.stderr)
os.mkdir(workshop.path("closed"))
done = subprocess.run([prog, "--output", "u=-,v=closed/v.csv"], cwd=workshop.folder,
                      stderr=subprocess.PIPE, preexec_fn=lambda: os.close(1))
workshop.check("closed", done.returncode == 1 and done.stderr.decode() ==
               "prog: error: cannot write output 'u' to standard output: Bad "
               "file descriptor\n", done.stderr)
# The number of the closed stream must not become that of a file.
done = subprocess.run([prog, "--output", "v=closed/v.csv"], cwd=workshop.folder,
                      stderr=subprocess.PIPE, preexec_fn=lambda: os.close(1))
workshop.check("closed, summary", done.returncode == 1 and
               not os.listdir(workshop.path("closed")), done.stderr)
reading, writing = os.pipe()
os.close(reading)
done = subprocess.run([prog, "--output", "u=-,v=closed/v.csv"],
                      cwd=workshop.folder, stdout=writing,
                      stderr=subprocess.PIPE)
os.close(writing)
workshop.check("nobody reads", done.returncode == 1 and
               b"standard output: Broken pipe" in done.stderr and
               not os.listdir(workshop.path("closed")), done.stderr)
primary, terminal = os.openpty()
done = subprocess.run([prog, "--output", "u=-"], stdout=terminal,
                      stderr=subprocess.PIPE)
workshop.check("terminal", done.returncode == 1 and
               b"it is a terminal" in done.stderr, done.stderr)
os.close(terminal)
os.close(primary)
sys.exit(workshop.finish())
