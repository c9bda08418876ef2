#!/usr/bin/env python3
"""Records of evolutions, and numbers as outputs, against plain loops in NumPy.

usage: records.py path/to/pdec
"""

import os
import subprocess
import sys

import numpy as np

sys.dont_write_bytecode = True
from programs import FORMS, Workshop, compare, compile_both

workshop = Workshop(os.path.abspath(sys.argv[1]))
N = 24
F = np.sin(np.arange(N)) + 0.1*np.cos(5*np.arange(N))


def laplacian(u):
    """Around a circle."""
    return np.roll(u, 1) - 2*u + np.roll(u, -1)


def differences(u):
    return np.roll(u, -1) - u


SCRIPT = """grid X : 1d, boundary periodic, size 24
param tau = 0.2, n = 10, k = 3
input f on X
let D = forward(x)
evolve u, t from f, 0 by (u, t) -> [u - tau*D'(D(u)), t + tau] for n steps
    record energy = sum(D(u)^2)/2 every k
    record course = [t, max(u), min(u)] every 2
    record snapshots = u every k
    record slopes = D(u) every 4
output last = energy(u), u
"""
SCRIPT = SCRIPT.replace("energy(u)", "sum(u^2)")


def expected(tau, n, k):
    u, t = F, 0.0
    records = {"energy": [], "course": [], "snapshots": [], "slopes": []}
    for step in range(n + 1):
        if step % k == 0:
            records["energy"].append([step, np.sum(differences(u)**2)/2])
            records["snapshots"].append(u)
        if step % 2 == 0:
            records["course"].append([step, t, np.max(u), np.min(u)])
        if step % 4 == 0:
            records["slopes"].append(differences(u))
        if step < n:
            u, t = u + tau*laplacian(u), t + tau
    records = {name: np.array(rows) for name, rows in records.items()}
    return {**records, "last": np.array(np.sum(u**2)), "u": u}


programs = compile_both(workshop, SCRIPT)
for n, k in ((10, 3), (9, 3), (0, 3), (2, 5), (7, 1)):
    compare(workshop, "%d steps, every %d" % (n, k), programs, {"f": F},
            expected(0.2, n, k), {"n": n, "k": k})
for (form, precision), program in programs.items():
    found = program.run({"f": F}, ["energy", "snapshots", "last"], {"k": 0})
    workshop.check("an interval of 0 counts as 1, " + form,
                   len(found["energy"]) == 11)
    workshop.check("numbers are doubles, fields not, %s, %s" % (form, precision),
                   found["energy"].dtype == found["last"].dtype == "f8" and
                   found["snapshots"].dtype == precision.replace("f64", "f8")
                   .replace("f32", "f4"))

# -- until a condition holds -------------------------------------------------------

text = """grid X : 2d, boundary reflecting, size [4, 5]
param bound = 0.1
input f on X
evolve u, n from f, 0 by (u, n) -> [u/2, n + 1] until norm_max(u) <= bound
    record largest = norm_max(u) every 1
    record snapshots = u every 2
output n
"""
G = np.arange(20.0).reshape(4, 5)/19
for form in FORMS:
    program = workshop.compile(text, *FORMS[form])
    for bound, steps in ((0.1, 4), (0.5, 1), (2.0, 0)):
        found = program.run({"f": G}, ["largest", "snapshots", "n"],
                            {"bound": bound})
        rows = [[step, 0.5**step] for step in range(steps + 1)]
        workshop.check("until %g, %s" % (bound, form),
                       np.array_equal(found["largest"], rows) and
                       np.array_equal(found["snapshots"],
                                      [G/2**s for s in range(0, steps + 1, 2)])
                       and found["n"] == steps, found["largest"])

# -- a script may have nothing but records -----------------------------------------

text = """evolve a from 1 by a -> 2*a for 3 steps
    record powers = a every 1
"""
for form in FORMS:
    found = workshop.compile(text, *FORMS[form]).run({}, ["powers"])
    workshop.check("records alone, " + form, np.array_equal(
        found["powers"], [[0, 1], [1, 2], [2, 4], [3, 8]]))

# -- files, and the summary ----------------------------------------------------------

program = programs["kernel", "f64"]
path = workshop.path("f.in.npy")
np.save(path, F)


def run(*options, code=0):
    ran = subprocess.run(program.command + ["--input", path, *options],
                         capture_output=True, text=True, timeout=60)
    workshop.check("exit code of " + " ".join(options), ran.returncode == code,
                   ran.stderr)
    return ran.stdout if code == 0 else ran.stderr


answer = expected(0.2, 10, 3)
csv = workshop.path("course.csv")
run("--output", "course=%s,last=%s" % (csv, workshop.path("last.csv")))
with open(csv) as file:
    workshop.check("the heading", file.readline() ==
                   "step,course.0,course.1,course.2\n")
workshop.check_close("rows as text", np.loadtxt(csv, delimiter=",", skiprows=1),
                     answer["course"], 1e-13)
workshop.check_close("a number as text",
                     np.loadtxt(workshop.path("last.csv")), answer["last"],
                     1e-13)
# Steps are whole numbers, however large.
long = subprocess.run(
    [workshop.pdec, "run", workshop.write("long.pde", """
grid X : 1d, boundary periodic, size 4
input f on X = x
evolve u from f by explicit(laplace, 0.1) for 200000 steps
    record middle = mean(u) every 100000
output u
"""), "--output", "middle=-.csv", "--quiet"], capture_output=True, text=True)
workshop.check("steps are whole numbers", long.stdout ==
               "step,middle\n0,1.5\n100000,1.5\n200000,1.5\n", long.stdout)
said = run("--output", "energy=-.csv", "--quiet")
workshop.check("rows on standard output",
               said.splitlines()[0] == "step,energy" and
               len(said.splitlines()) == 5, said)
said = run().splitlines()
last = float(np.loadtxt(workshop.path("last.csv")))
workshop.check("a number in the summary", said[0].startswith("last: ") and
               float(said[0].split()[1]) == last, said)
workshop.check("records in the summary", said[2] ==
               "energy, recorded 4 times, last after 9 steps: %.9g"
               % answer["energy"][-1, 1] and said[4] ==
               "snapshots, recorded 4 times, last after 9 steps", said)
folder = workshop.path("all") + "/"
run("--output", folder)
workshop.check("a folder for all", sorted(os.listdir(folder)) ==
               ["course.npy", "energy.npy", "last.npy", "slopes.npy",
                "snapshots.npy", "u.npy"])
workshop.check("images of curves are no records", "a 2-D field" in run(
    "--output", "snapshots=" + workshop.path("s.png"), code=1))
workshop.check("a pipe has no end to go back from", "write .csv there" in run(
    "--output", "energy=-", "--quiet", code=1))

# -- a run that fails leaves nothing -----------------------------------------------------

for name in ("energy", "snapshots"):
    left = workshop.path("left-%s.npy" % name)
    said = run("--set", "tau=1e150", "--output", "%s=%s" % (name, left), code=1)
    workshop.check("the step is told, " + name,
                   "is not finite after step" in said, said)
    workshop.check("nothing is left, " + name, not os.path.exists(left))
    workshop.check("no temporary file, " + name, not [
        entry for entry in os.listdir(workshop.folder)
        if entry.startswith(".pde-")])

# -- memory does not grow with what is recorded --------------------------------------------

text = """grid X : 2d, boundary reflecting, size [256, 256]
param n = 10
input f on X = x
evolve u from f by u -> u/2 for n steps
    record snapshots = u every 1
output u
"""
program = workshop.compile(text)
film = workshop.path("film.npy")
peaks = []
for n in (2, 200):
    child = subprocess.Popen(program.command + [
        "--set", "n=%d" % n, "--quiet", "--threads", "1", "--output",
        "snapshots=" + film])
    _, status, usage = os.wait4(child.pid, 0)
    workshop.check("a film of %d" % n, status == 0)
    peaks.append(usage.ru_maxrss)
shape = np.load(film, mmap_mode="r").shape
workshop.check("all snapshots are there", shape == (201, 256, 256), shape)
# In KiB; the film has 100 MB.
workshop.check("memory does not grow", peaks[1] - peaks[0] < 20000, peaks)
os.remove(film)

sys.exit(workshop.finish())
