#!/usr/bin/env python3
"""The compiler from Python: what is kept of it and for how long, what it says,
libraries, proofs, notebooks.

usage: compiling.py path/to/pdec
"""

import json
import os
import pickle
import shutil
import subprocess
import sys
import warnings

import numpy as np

sys.dont_write_bytecode = True
from package import open_workshop, refusal, root
import pdec

STEP = """grid X : 1d, boundary reflecting, size 4
param n = 1
input f on X = 1
evolve u from f by u -> %s*u for n steps
output u
"""
FAULTY = """grid X : 1d
input f on X
evolve u from f by explict(f, 1) for 1 steps
output u
"""
# Stands between Python and pdec: it writes down each call, and first does what
# $BEFORE says.
BETWEEN = """#!/bin/sh
echo "$@" >> %(log)s
eval "$BEFORE"
exec %(pdec)s "$@"
"""


class Counter:
    """How often the compiler is started."""

    def __init__(self, workshop):
        self.log = workshop.path("log")
        self.path = workshop.write("between", BETWEEN % {
            "log": self.log, "pdec": workshop.pdec})
        os.chmod(self.path, 0o755)
        os.environ["PDEC"] = self.path

    def starts(self):
        """Since it was asked before."""
        if not os.path.exists(self.log):
            return 0
        with open(self.log) as file:
            count = len(file.readlines())
        os.remove(self.log)
        return count


def check_cache(workshop, counter):
    path = workshop.write("step.pde", STEP % 2)
    workshop.check("a file", (pdec.compile(path)() == 2).all())
    workshop.check("is compiled", counter.starts() == 1)
    workshop.check("again", (pdec.compile(path)() == 2).all())
    workshop.check("is not", counter.starts() == 0)
    others = (dict(form="network"), dict(precision="f32"),
              dict(options=["--tiles", "2:1"]), dict(name="other"))
    for count in (1, 0):
        for how in others:
            value = pdec.compile(path, **how)()
            workshop.check("with %s" % how, (value == 2).all() and
                           counter.starts() == count)
    workshop.write("step.pde", STEP % 3)
    workshop.check("a changed file", (pdec.compile(path)() == 3).all() and
                   counter.starts() == 1)
    os.utime(counter.path, (1, 1))
    workshop.check("another compiler", (pdec.compile(path)() == 3).all() and
                   counter.starts() == 1)
    library = pdec.compile(path).path
    with open(library + ".cut", "wb") as file:
        file.write(b"\x7fELF")
    os.replace(library + ".cut", library)
    workshop.check("a damaged library", (pdec.compile(path)() == 3).all() and
                   counter.starts() == 1)
    program = pdec.compile(path)
    pdec.clear_cache()
    workshop.check("when the cache is cleared", (program() == 3).all() and
                   (pdec.compile(path)() == 3).all() and counter.starts() == 1)
    left = os.listdir(os.environ["PDEC_CACHE"])
    workshop.check("nothing else is left", all(
        name.endswith((".so", ".txt")) or name.startswith("lock-")
        for name in left), left)


def check_races(workshop, counter):
    """A file that changes while it is compiled; processes that compile the same
    script at the same time; a folder that is not to be written to."""
    path = workshop.write("race.pde", STEP % 5)
    newer = workshop.write("newer.pde", STEP % 6)
    os.environ["BEFORE"] = "cp %s %s" % (newer, path)
    workshop.check("a file that changes meanwhile",
                   (pdec.compile(path)() == 6).all() and counter.starts() == 2)
    workshop.write("race.pde", STEP % 5)
    os.environ["BEFORE"] = "sleep 0.3"
    workshop.check("and is what it was again",
                   (pdec.compile(path)() == 5).all() and counter.starts() == 1)
    script = "import sys; sys.path.insert(0, %r); import pdec\n" \
        "print(pdec.compile(%r)())" % (os.path.join(root, "python"), STEP % 7)
    processes = [subprocess.Popen([sys.executable, "-B", "-c", script],
                                  stdout=subprocess.PIPE, text=True)
                 for _ in range(6)]
    told = {process.communicate()[0] for process in processes}
    workshop.check("six processes", told == {"[7. 7. 7. 7.]\n"}, told)
    workshop.check("compile once", counter.starts() == 1)
    os.environ["BEFORE"] = ""
    cache = os.environ["PDEC_CACHE"]
    loose = workshop.path("loose")
    os.mkdir(loose)
    os.chmod(loose, 0o777)
    for unusable in (loose, "/proc/none"):
        os.environ["PDEC_CACHE"] = unusable
        workshop.check("a folder that others write to, or none",
                       (pdec.compile(STEP % 8)() == 8).all())
    workshop.check("is not used", not os.listdir(loose))
    os.environ["PDEC_CACHE"] = cache


def check_pickles(workshop):
    path = workshop.write("pickled.pde", STEP % 4)
    for script in (path, STEP % 4):
        program = pdec.compile(script, form="network", name="kept")
        saved = pickle.dumps(program)
        workshop.check("pickled", pickle.loads(saved).path == program.path)
        pdec.clear_cache()
        again = pickle.loads(saved)
        workshop.check("and made again", again.form == "network" and
                       again.name == "kept" and (again() == 4).all())
    workshop.write("pickled.pde", STEP % 5)
    saved = pickle.dumps(pdec.compile(path))
    workshop.write("pickled.pde", STEP % 6)
    pdec.clear_cache()
    told = refusal(pdec.Error, pickle.loads, saved)
    workshop.check("but not from another script", "has changed" in told, told)


def check_messages(workshop):
    path = workshop.write("faulty.pde", FAULTY)
    for script, name in ((path, path), (FAULTY, "<stdin>")):
        for function in (pdec.compile, pdec.verify, pdec.certificate):
            try:
                function(script)
                workshop.check("refused", False)
            except pdec.CompileError as error:
                told = error
            workshop.check("the compiler's sentence", str(told).startswith(
                name + ":3:20: error: unknown name 'explict' [E0201]\n"), told)
            workshop.check("its parts", (told.line, told.column, told.code) ==
                           (3, 20, "E0201") and told.diagnostics[0].file == name
                           and "explict" in told.diagnostics[0].text, told)
    workshop.check("in a notebook", told._render_traceback_()[0] ==
                   str(told).splitlines()[0])
    unstable = "grid X : 1d, boundary reflecting, size 9\ninput f on X = x\n" \
        "evolve u from f by u -> u + 0.6*laplace(u) for 2 steps\noutput u\n"
    for _ in range(2):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            pdec.compile(unstable)
        workshop.check("warnings, kept with the library", len(caught) == 1 and
                       caught[0].category is pdec.ScriptWarning and
                       "<stdin>:3: " in str(caught[0].message) and
                       caught[0].filename == __file__, caught)
    told = refusal(pdec.CompileError, pdec.compile, unstable,
                   options=["--certify"])
    workshop.check("options", ":3:" in told, told)
    for function, sentence in (
            (lambda: pdec.compile(unstable, form="net"), "'net' is none of"),
            (lambda: pdec.compile(workshop.path("none.pde")), "cannot read"),
            (lambda: pdec.load(path), "it is no library of pdec")):
        told = refusal(pdec.Error, function)
        workshop.check(sentence, sentence in told, told)
    kept = os.environ["PDEC"]
    os.environ["PDEC"] = "/no/pdec"
    told = refusal(pdec.Error, pdec.find_compiler)
    workshop.check("no compiler", "$PDEC is '/no/pdec'" in told, told)
    os.environ["PDEC"] = kept


def check_libraries(workshop):
    """A library that is compiled again is the new one, and the old one goes
    on."""
    path, library = workshop.path("lib.pde"), workshop.path("lib.so")
    programs = []
    for factor in (2, 3, 4):
        workshop.write("lib.pde", STEP % factor)
        subprocess.run([workshop.pdec, path, "--emit", "lib", "-o", library],
                       check=True)
        programs.append(pdec.load(library))
    values = [float(program()[0]) for program in programs]
    workshop.check("compiled again", values == [2, 3, 4], values)
    workshop.check("the same again", pdec.load(library)()[0] == 4)


def check_proofs(workshop):
    example = os.path.join(root, "examples", "heat.pde")
    report = pdec.verify(example, seed=3, precision="f64")
    workshop.check("verified", "raised to the same scheme" in report, report)
    told = refusal(pdec.Error, pdec.verify, example,
                   options=["--perturb", "network"])
    workshop.check("not verified", "kernel and network differ" in told, told)
    found = pdec.certificate(example)
    printed = subprocess.run([workshop.pdec, example, "--emit", "cert"],
                             capture_output=True, text=True, check=True).stdout
    workshop.check("certificate", found["evolutions"] and
                   found == json.loads(printed), found)


class Shell:
    """What IPython gives an extension."""

    def __init__(self):
        self.magics, self.names = {}, {}

    def register_magic_function(self, function, magic_kind, magic_name):
        self.magics[magic_kind, magic_name] = function

    def push(self, names):
        self.names.update(names)


def check_notebook(workshop):
    shell = Shell()
    pdec.load_ipython_extension(shell)
    magic = shell.magics["cell", "pde"]
    magic("step --as network --precision f32 --tiles 2:1", STEP % 9)
    step = shell.names["step"]
    workshop.check("a cell", step.form == "network" and step.name == "step" and
                   step().tobytes() == np.full(4, 9, "f4").tobytes())
    for line, sentence in (("", "needs a name"), ("1", "needs a name"),
                           ("s --as", "--as needs a value")):
        told = refusal(pdec.Error, magic, line, STEP % 9)
        workshop.check(sentence, sentence in told, told)
    told = refusal(pdec.CompileError, magic, "s", FAULTY)
    workshop.check("a faulty cell", ":3:20: error" in told, told)


def main():
    workshop = open_workshop()
    counter = Counter(workshop)
    check_cache(workshop, counter)
    check_races(workshop, counter)
    os.environ["PDEC"] = workshop.pdec
    check_pickles(workshop)
    check_messages(workshop)
    check_libraries(workshop)
    check_proofs(workshop)
    check_notebook(workshop)
    said = subprocess.run([workshop.pdec, "--version"], capture_output=True,
                          text=True).stdout
    workshop.check("one version", said == "pdec %s\n" % pdec.__version__, said)
    return workshop.finish()


sys.exit(main())
