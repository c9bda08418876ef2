"""What the end-to-end tests share: scripts compiled into programs that are
functions of NumPy arrays, and a tally of checks."""

import os
import shutil
import subprocess
import sys
import tempfile

import numpy as np

sys.dont_write_bytecode = True

# What pdec is told for each of the two forms that share no code. A network that
# does not run by layers goes the kernel's way, and is compared where that matters.
FORMS = {"kernel": (), "network": ("--as", "network", "--layers")}


# No result depends on the shape of tiles: every second script is compiled with
# one that is not chosen.
TILES = ["3:2,2x3:3,2x3x2:2", "7:9,5x4:6,3x2x9:3", "40:1,1x1:4,16x16x16:7"]


class Workshop:
    """A temporary folder in which scripts are compiled and programs run."""

    def __init__(self, pdec):
        self.pdec = pdec
        self.folder = tempfile.mkdtemp(prefix="pdec-run-")
        self.passed = self.failed = self.made = 0

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), "w") as file:
            file.write(text)
        return self.path(name)

    def compile(self, script, *options):
        """A program: the text of a script, or the path of one."""
        self.made += 1
        name = "p%d" % self.made
        if "\n" in script:
            script = self.write(name + ".pde", script)
            if self.made % 2 == 0 and "--tiles" not in options:
                options += ("--tiles", TILES[self.made // 2 % len(TILES)])
        built = subprocess.run(
            [self.pdec, script, *options, "-o", self.path(name)],
            capture_output=True, text=True, timeout=120)
        if built.returncode != 0:
            with open(script) as file:
                raise RuntimeError("%s\n%s" % (file.read(), built.stderr))
        return Program(self, [self.path(name)])

    def in_memory(self, script, *options):
        """The same through `pdec run`."""
        return Program(self, [self.pdec, "run", script, *options])

    def check(self, title, holds, seen=""):
        if holds:
            self.passed += 1
            return
        self.failed += 1
        if self.failed <= 20:
            print("FAILED: %s\n%s" % (title, seen))

    def check_close(self, title, found, expected, tolerance):
        """Compares relative to the largest value."""
        scale = max(1e-300, np.max(np.abs(expected)))
        error = np.max(np.abs(found - expected)) / scale
        self.check(title, found.shape == expected.shape and error <= tolerance,
                   "relative error %g\nfound    %s\nexpected %s" %
                   (error, found, expected))

    def finish(self):
        """Removes the folder; the exit status."""
        shutil.rmtree(self.folder, ignore_errors=True)
        print("%d checks, %d failed" % (self.passed + self.failed, self.failed))
        return 1 if self.failed or not self.passed else 0


class Program:
    def __init__(self, workshop, command):
        self.workshop = workshop
        self.command = command

    def run(self, inputs, outputs, params=None, size=None, threads=None):
        """Arrays by name in; the outputs named, as a dictionary."""
        command = list(self.command)
        for name, values in inputs.items():
            path = self.workshop.path(name + ".in.npy")
            np.save(path, values)
            command += ["--input", "%s=%s" % (name, path)]
        for name in outputs:
            command += ["--output", "%s=%s" % (name, self.output(name))]
        for name, value in (params or {}).items():
            command += ["--set", "%s=%r" % (name, value)]
        if size is not None:
            command += ["--size", str(size)]
        if threads is not None:
            command += ["--threads", str(threads)]
        ran = subprocess.run(command, capture_output=True, text=True,
                             timeout=120)
        if ran.returncode != 0:
            raise RuntimeError("%s\nexit code %d: %s" % (
                " ".join(command), ran.returncode, ran.stderr))
        return {name: np.load(self.output(name)) for name in outputs}

    def output(self, name):
        return self.workshop.path(name + ".out.npy")


def random(numbers, shape):
    """Normally distributed numbers that single precision holds exactly."""
    return numbers.standard_normal(shape).astype("f4").astype("f8")


def same_bits(a, b):
    return a.dtype == b.dtype and a.tobytes() == b.tobytes()


def compile_both(workshop, text):
    """The programs of a script in both forms and precisions."""
    return {(form, precision): workshop.compile(text, *FORMS[form],
                                                "--precision", precision)
            for form in FORMS for precision in ("f64", "f32")}


def compare(workshop, title, programs, inputs, answer, params):
    """Compares what such programs compute with arrays, and their bits."""
    for precision, tolerance in (("f64", 1e-13), ("f32", 1e-5)):
        runs = [programs[form, precision].run(inputs, answer, params,
                                              threads=threads)
                for form, threads in (("kernel", 1), ("kernel", 2),
                                      ("network", 2))]
        for name, value in answer.items():
            where = "%s, %s, %s" % (title, precision, name)
            workshop.check_close(where, runs[0][name].astype(float), value,
                                 tolerance)
            for form, other in zip(("2 threads", "network"), runs[1:]):
                workshop.check(where + ": " + form,
                               same_bits(runs[0][name], other[name]),
                               "%s\n%s" % (runs[0][name], other[name]))
