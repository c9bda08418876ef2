#!/usr/bin/env python3
"""Runs with a break against runs without one, to the bit.

usage: restart.py path/to/pdec path/to/root
"""

import glob
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np

sys.dont_write_bytecode = True
from programs import FORMS, Workshop

workshop = Workshop(os.path.abspath(sys.argv[1]))
ROOT = os.path.abspath(sys.argv[2])


def execute(program, *options):
    return subprocess.run([*program.command, *options], capture_output=True,
                          text=True, timeout=120)


def files(folder):
    found = {}
    for path in glob.glob(os.path.join(folder, "*")):
        with open(path, "rb") as file:
            found[os.path.basename(path)] = file.read()
    return found


def whole(program, *options):
    """All that a run without a break writes."""
    folder = workshop.path("whole")
    shutil.rmtree(folder, ignore_errors=True)
    ran = execute(program, "--quiet", "--output", folder + "/", *options)
    assert ran.returncode == 0, ran.stderr
    return files(folder)


def broken(first, then, stops, *options):
    """The same of a run that ends after so many steps, again and again; the
    state goes from one program to the other."""
    state, folder = workshop.path("state"), workshop.path("broken")
    shutil.rmtree(folder, ignore_errors=True)
    resume, stopped = [], 0
    for stop in stops:
        if stop <= stopped:
            continue
        ran = execute(first, "--output", folder + "/", "--save-state", state,
                      "--stop-after", str(stop), *resume, *options)
        assert ran.returncode == 0, ran.stderr
        if "the run stopped after" not in ran.stdout:
            break  # it had no more steps
        workshop.check("a run that stops writes nothing", not files(folder),
                       str(files(folder).keys()))
        resume, stopped = ["--resume", state], int(ran.stdout.split()[4])
        first, then = then, first
    ran = execute(first, "--output", folder + "/", *resume, *options)
    assert ran.returncode == 0, ran.stderr
    return files(folder), stopped


def check_same(title, found, expected):
    differing = sorted(name for name in {**found, **expected}
                       if found.get(name) != expected.get(name))
    workshop.check(title, expected and not differing, str(differing))


# -- each example that evolves -----------------------------------------------------

# Evolutions of numbers alone have no state, and do not stop.
UNSAVED = {"lorenz.pde"}


def evolves(path):
    with open(path) as file:
        return "\nevolve " in file.read()


scripts = sorted(filter(evolves, glob.glob(ROOT + "/examples/*.pde")))
with ThreadPoolExecutor(2) as pool:
    programs = list(pool.map(workshop.compile, scripts))
for script, program in zip(scripts, programs):
    name = os.path.basename(script)
    # Steps by tiles end where a tile does; watched ones do so anywhere.
    for options in ((), ("--watch",)):
        expected = whole(program, *options)
        found, stops = broken(program, program, (3, 10, 100), *options)
        check_same("%s %s" % (name, options), found, expected)
        workshop.check(name + " has stopped",
                       (stops > 0) == (name not in UNSAVED), str(stops))

# -- several evolutions, records, conditions, both forms -----------------------------

SCRIPT = """grid X : 1d, boundary low dirichlet 1, high reflecting, size 40
param tau = 0.3, n = 12, m = 9, T = 2.0
input f on X = noise(3)
fun A(u) = u - tau*laplace(u)
evolve u from f by u -> u + tau*laplace(u) for n steps
solve A(v) = u by cg() until residual < 1e-6
evolve w, t, k from v, 0, 0
    by (w, t, k) -> [w + tau*laplace(w) + f/100, t + tau, k + 1]
    until t >= T, at most 50
    record course = [t, k, sum(w^2)] every 2
    record pictures = w every 3
evolve w, before from w, u by leapfrog(laplace, tau) for m steps
    record last = max(w) every 4
output u, w, t, k, mass = sum(w)
"""
for precision in ("f64", "f32"):
    kernel, network = (workshop.compile(SCRIPT, *FORMS[form], "--precision",
                                        precision) for form in FORMS)
    expected = whole(kernel)
    check_same("both forms", whole(network), expected)
    # 12 + 7 + 9 steps: within, at the ends of, and behind each of the three.
    for stops in ((5,), (12,), (15,), (19,), (23,), (28,), (4, 12, 14, 19, 20),
                  range(1, 28)):
        for first, then in ((kernel, network), (network, kernel)):
            found, stopped = broken(first, then, stops)
            check_same("%s, after %s" % (precision, stops), found, expected)
    tables = "--output", "course=%s,last=%s" % (workshop.path("broken/c.csv"),
                                                workshop.path("broken/l.csv"))
    os.makedirs(workshop.path("broken"), exist_ok=True)
    execute(kernel, *tables, "--quiet")
    rows = files(workshop.path("broken"))
    execute(kernel, *tables, "--save-state", workshop.path("s"),
            "--stop-after", "17")
    execute(kernel, *tables, "--resume", workshop.path("s"), "--quiet")
    check_same("tables", files(workshop.path("broken")), rows)
    summary = execute(kernel).stdout
    execute(kernel, "--save-state", workshop.path("s"), "--stop-after", "22")
    workshop.check("the summary counts all", execute(
        kernel, "--resume", workshop.path("s")).stdout == summary, summary)

# -- more steps than there were --------------------------------------------------------

STEPS = """grid X : 2d, size 12
param n = 20, tau = 0.2
input f on X = noise(1)
evolve u from f by explicit(laplace, tau) for n steps
    record energy = sum(u^2) every 5
output u
"""
program, state = workshop.compile(STEPS), workshop.path("s")
expected = whole(program, "--set", "n=50")
folder = workshop.path("broken")
for n in (20, 35):
    shutil.rmtree(folder, ignore_errors=True)
    resume = ["--resume", state] if n > 20 else []
    ran = execute(program, "--output", folder + "/", "--save-state", state,
                  "--set", "n=%d" % n, *resume)
    workshop.check("%d steps" % n, ran.returncode == 0, ran.stderr)
shutil.rmtree(folder)
execute(program, "--output", folder + "/", "--resume", state, "--set", "n=50")
check_same("more steps", files(folder), expected)

# -- what is refused ---------------------------------------------------------------------

np.save(workshop.path("a.npy"), np.ones((12, 12)))
np.save(workshop.path("b.npy"), np.full((12, 12), 2.0))
given = "--input", workshop.path("a.npy")
ran = execute(program, *given, "--save-state", state, "--stop-after", "8")
workshop.check("saved", ran.stdout ==
               "the run stopped after 8 steps, and its state is in '%s'\n" % state,
               ran.stdout + ran.stderr)
with open(state, "rb") as file:
    good = file.read()
other = workshop.compile(STEPS.replace("noise(1)", "noise(2)"))
single = workshop.compile(STEPS, "--precision", "f32")


def refused(words, *options, program=program, content=good, inputs=given):
    with open(state, "wb") as file:
        file.write(content)
    ran = execute(program, *inputs, *options)
    expected = "error: " + words.replace("STATE", "'%s'" % state) + "\n"
    workshop.check(words, ran.returncode == 1 and not ran.stdout and
                   ran.stderr.endswith(expected), ran.stdout + ran.stderr)


resume = "--resume", state
here = "cannot resume from STATE: "
another = here + ("it was saved by another program (another script, precision or "
                  "version of pdec)")
refused(another, *resume, program=other)
refused(another, *resume, program=single)
refused(here + "it was saved with tau = 0.2, but here it is 0.1", *resume,
        "--set", "tau=0.1")
refused(here + "it was saved with 12 x 12 cells on grid X, but here there are "
        "10 x 10 cells", *resume, "--size", "10", inputs=())
refused(here + "input 'f' had other values when it was saved", *resume,
        inputs=("--input", workshop.path("b.npy")))
refused(here + "input 'f' had other values when it was saved", *resume, inputs=())
refused(here + "it has 8 steps of the evolution in p%d.pde:4, but here it makes 5"
        % int(os.path.basename(program.command[0])[1:]), *resume, "--set", "n=5")
refused(here + "it has 8 steps, but the run is to stop after 8", *resume,
        "--save-state", state, "--stop-after", "8")
refused(here + "it is cut off", *resume, content=good[:len(good)//2])
refused(here + "it is damaged", *resume,
        content=good[:300] + bytes([good[300] ^ 1]) + good[301:])
refused(here + "it is no state that a run of this version of pdec has saved",
        *resume, content=b"P5 3 3 255 " + bytes(9))
refused("cannot resume from 'none': No such file or directory", "--resume", "none")
refused("cannot write record 'energy' to '%s': the run that saved STATE wrote none, "
        "so that its beginning is missing" % workshop.path("e.csv"), *resume,
        "--output", "energy=" + workshop.path("e.csv"))
refused("--every must be an integer from 1 on, but is '0'", "--save-state", state,
        "--every", "0")
refused("--every and --stop-after are for --save-state, but no state is saved",
        "--every", "3")
refused("cannot save the state to '/nowhere/s': No such file or directory",
        "--save-state", "/nowhere/s")

# -- killed runs -------------------------------------------------------------------------

LONG = STEPS.replace("n = 20", "n = 200000").replace("every 5", "every 1000")
program = workshop.compile(LONG)
expected = whole(program)
shutil.rmtree(folder, ignore_errors=True)
os.remove(state)
resume, kills = [], 0
while kills < 8:
    run = subprocess.Popen([*program.command, "--quiet", "--output", folder + "/",
                            "--save-state", state, "--every", "50", *resume])
    time.sleep(0.05)
    run.send_signal(signal.SIGKILL)
    if run.wait() == 0:
        break
    kills += 1
    resume = ["--resume", state] if os.path.exists(state) else []
shutil.rmtree(folder, ignore_errors=True)
ran = execute(program, "--quiet", "--output", folder + "/", *resume)
workshop.check("resumed", ran.returncode == 0 and resume, ran.stderr)
check_same("killed %d times" % kills, files(folder), expected)

sys.exit(workshop.finish())
