#!/usr/bin/env python3
"""Where the compiler and its programs write: through links, with the permissions
that are there, under long and odd names, never over the script, and nothing is
left by signals.

usage: targets.py path/to/pdec
"""

import os
import signal
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from programs import Workshop

SCRIPT = """grid X : 1d, size 4
input f on X = x
output u = 2*f
"""
LONG = """grid X : 1d, size 100000
param n = 1000000
input f on X = x
evolve u from f by u -> u + 0.1*laplace(u) for n steps
output u
"""


class Folder:
    def __init__(self, workshop, name):
        self.workshop, self.path = workshop, workshop.path(name)
        os.mkdir(self.path)

    def file(self, name):
        return os.path.join(self.path, name)

    def write(self, name, text):
        with open(self.file(name), "w") as file:
            file.write(text)
        return self.file(name)

    def run(self, *command):
        return subprocess.run(command, cwd=self.path, capture_output=True,
                              text=True)

    def check(self, title, command, code, *words):
        done = self.run(*command)
        self.workshop.check(
            title, done.returncode == code and
            all(word in done.stderr for word in words),
            "%d: %s" % (done.returncode, done.stderr))

    def litter(self):
        return [name for name in os.listdir(self.path) if name.endswith(".tmp")]


def mode(path):
    return os.stat(path).st_mode & 0o7777


def check_links(workshop):
    folder = Folder(workshop, "links")
    folder.write("s.pde", SCRIPT)
    program = folder.file("prog")
    folder.check("program", [workshop.pdec, "s.pde", "-o", program], 0)
    writers = {"pdec": [workshop.pdec, "s.pde", "--emit", "pde", "-o"],
               "program": [program, "--output"]}
    for name, command in writers.items():
        ending = ".mlir" if name == "pdec" else ".csv"
        target, link = name + "-target" + ending, name + "-link" + ending
        os.symlink(target, folder.file(link))
        argument = "u=" + link if name == "program" else link
        folder.check(name + ": a link to nothing", command + [argument], 0)
        workshop.check(name + ": stays a link",
                       os.path.islink(folder.file(link)) and
                       os.path.isfile(folder.file(target)))
        os.chmod(folder.file(target), 0o640)
        folder.check(name + ": a link", command + [argument], 0)
        workshop.check(name + ": permissions stay",
                       mode(folder.file(target)) == 0o640)
        os.chmod(folder.file(target), 0o444)
        folder.check(name + ": read only", command + [argument], 1,
                     "Permission denied")
    workshop.check("nothing left", not folder.litter(), folder.litter())


def check_names(workshop):
    folder = Folder(workshop, "100% %s")
    folder.write("s.pde", SCRIPT)
    for name in ("a%%b", "q"*255):
        folder.check(name, [workshop.pdec, "s.pde", "-o", name], 0)
        done = folder.run(folder.file(name))
        workshop.check(name + " runs", done.returncode == 0, done.stderr)
    folder.check("too long", [workshop.pdec, "s.pde", "-o", "q"*256], 1,
                 "File name too long")
    workshop.check("an executable may be run by those who may read it",
                   mode(folder.file("a%%b")) & 0o111)


def check_script(workshop):
    folder = Folder(workshop, "script")
    for name, command in (
            ("heat", ["heat"]), ("x.h", ["x.h", "--emit", "lib", "-o", "x.so"]),
            ("y", ["y", "--emit", "asm", "-o", "y"]),
            ("z.onnx", ["z.onnx", "--emit", "onnx"])):
        path = folder.write(name, SCRIPT)
        folder.check(name, [workshop.pdec] + command, 1,
                     "is the script; it would be overwritten")
        with open(path) as file:
            workshop.check(name + " is whole", file.read() == SCRIPT)
    os.symlink("heat", folder.file("other"))
    folder.check("by another name", [workshop.pdec, "heat", "-o", "other"], 1,
                 "is the script; it would be overwritten")
    path = folder.write("format.pde", SCRIPT.replace("2*f", "2 * f"))
    os.chmod(path, 0o600)
    os.symlink("format.pde", folder.file("link.pde"))
    folder.check("fmt -i", [workshop.pdec, "fmt", "-i", "link.pde"], 0)
    with open(path) as file:
        workshop.check("fmt -i writes there", file.read() == SCRIPT)
    workshop.check("fmt -i keeps link and mode", mode(path) == 0o600 and
                   os.path.islink(folder.file("link.pde")))


def check_full(workshop):
    folder = Folder(workshop, "full")
    folder.write("s.pde", SCRIPT)
    for command in ("explain E0201", "--help", "--version", "fmt s.pde",
                    "verify s.pde", "s.pde --emit pde"):
        with open("/dev/full", "w") as full:
            done = subprocess.run([workshop.pdec] + command.split(),
                                  stdout=full, stderr=subprocess.PIPE,
                                  text=True, cwd=folder.path)
        workshop.check("full: " + command, done.returncode == 1 and
                       "cannot write" in done.stderr, done.stderr)


def check_together(workshop):
    """A target that becomes a folder during the run fails at the end; a FIFO
    holds the run up until then."""
    folder = Folder(workshop, "together")
    folder.write("s.pde", """grid X : 1d, size 100000
input f on X = x
output a = f
output b = 2*f
output c = 3*f
output d = 4*f
""")
    program = folder.file("prog")
    folder.check("program", [workshop.pdec, "s.pde", "-o", program], 0)
    folder.write("a.npy", "old")
    os.mkfifo(folder.file("d.npy"))
    run = subprocess.Popen([program, "--output", "./"], cwd=folder.path,
                           stderr=subprocess.PIPE, text=True)
    with open(folder.file("d.npy"), "rb") as fifo:
        os.mkdir(folder.file("c.npy"))
        fifo.read()
    message = run.communicate()[1]
    workshop.check("a folder in the way", run.returncode == 1 and message ==
                   "prog: error: cannot write output 'c' to './c.npy': Is a "
                   "directory\n", message)
    with open(folder.file("a.npy")) as file:
        workshop.check("the first is put back", file.read() == "old")
    workshop.check("the second is gone", sorted(os.listdir(folder.path)) ==
                   ["a.npy", "c.npy", "d.npy", "prog", "s.pde"],
                   os.listdir(folder.path))
    os.mkdir(folder.file("l.h"))
    before = sorted(os.listdir(folder.path))
    folder.check("library without header", [workshop.pdec, "s.pde", "--emit",
                 "lib", "-o", "l.so"], 1, "cannot write 'l.h': Is a directory")
    workshop.check("no library", sorted(os.listdir(folder.path)) == before)


def check_in_place(workshop):
    """A folder that takes no files: what is there is written in place."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        with open(os.path.join(folder, "s.pde"), "w") as file:
            file.write(SCRIPT)
        target = os.path.join(folder, "u.csv")
        with open(target, "w") as file:
            file.write("a longer text than the new one will be\n")
        subprocess.run([workshop.pdec, "s.pde", "-o", "prog"], cwd=folder)
        os.chmod(target, 0o666)
        os.chmod(folder, 0o555)
        # The superuser may make files anywhere.
        become = ({"user": 65534, "group": 65534} if os.geteuid() == 0 else {})
        done = subprocess.run([os.path.join(folder, "prog"), "--output",
                               "u.csv"], cwd=folder, capture_output=True,
                              text=True, env={"TMPDIR": "/tmp"}, **become)
        with open(target) as file:
            text = file.read()
        workshop.check("in place", done.returncode == 0 and
                       text.count("\n") == 4 and "text" not in text,
                       done.stderr + text)
        os.chmod(folder, 0o755)


def check_signals(workshop):
    folder = Folder(workshop, "signals")
    folder.write("s.pde", LONG)
    program = folder.file("prog")
    folder.check("program", [workshop.pdec, "s.pde", "-o", program], 0)
    folder.write("u.csv", "old\n")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT,
                   signal.SIGXCPU, signal.SIGUSR1, signal.SIGALRM,
                   signal.SIGABRT, signal.SIGKILL):
        run = subprocess.Popen([program, "--output", "u=u.csv", "--threads",
                                "2"], cwd=folder.path,
                               stderr=subprocess.DEVNULL)
        while not folder.litter() and run.poll() is None:
            pass
        run.send_signal(number)
        workshop.check("%s ends it" % number.name, run.wait() == -number)
        with open(folder.file("u.csv")) as file:
            workshop.check("%s: the old file" % number.name,
                           file.read() == "old\n")
        expected = number == signal.SIGKILL
        workshop.check("%s: litter" % number.name,
                       bool(folder.litter()) == expected, folder.litter())


def main():
    workshop = Workshop(os.path.abspath(sys.argv[1]))
    check_links(workshop)
    check_names(workshop)
    check_script(workshop)
    check_full(workshop)
    check_together(workshop)
    check_in_place(workshop)
    check_signals(workshop)
    return workshop.finish()


sys.exit(main())
