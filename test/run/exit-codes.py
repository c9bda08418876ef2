#!/usr/bin/env python3
"""Exit codes and messages of pdec, and that a failure leaves no file behind.

usage: exit-codes.py path/to/pdec path/to/script.pde
"""

import os
import stat
import subprocess
import sys
import threading

sys.dont_write_bytecode = True
from programs import Workshop

workshop = Workshop(sys.argv[1])
script = workshop.path("smooth.pde")
with open(sys.argv[2]) as source:
    workshop.write("smooth.pde", source.read())
workshop.write("bad.pde", "grid X : 1d\noutput u = nothing\n")
os.mkdir(workshop.path("folder"))


def files():
    found = {}
    for root, _, names in os.walk(workshop.folder):
        for name in names:
            path = os.path.join(root, name)
            with open(path, "rb") as file:
                found[path] = file.read()
    return found


def pdec(*arguments, **more):
    return subprocess.run([workshop.pdec, *arguments], cwd=workshop.folder,
                          capture_output=True, text=True, timeout=60, **more)


def fails(code, message, *arguments):
    """Fails with this code, says nothing but this, and changes no file."""
    before = files()
    ran = pdec(*arguments)
    title = "pdec " + " ".join(arguments)
    workshop.check(title + ": code", ran.returncode == code, ran.returncode)
    workshop.check(title + ": message", ran.stderr == message, ran.stderr)
    workshop.check(title + ": stdout", ran.stdout == "", ran.stdout)
    workshop.check(title + ": files", files() == before,
                   set(files()) ^ set(before))


def error(text):
    return "pdec: error: %s\n" % text


def usage(text):
    return "pdec: %s\nSee 'pdec --help'.\n" % text


# -- 0: done -------------------------------------------------------------------

for arguments in (["--help"], ["--version"], ["check", "smooth.pde"],
                  ["fmt", "smooth.pde"], ["explain", "E0101"],
                  ["run", "smooth.pde"], ["run", "smooth.pde", "--help"],
                  ["smooth.pde", "--emit", "pde"]):
    ran = pdec(*arguments)
    workshop.check(" ".join(arguments), ran.returncode == 0 and
                   ran.stderr == "", ran.stderr)
ran = pdec("smooth.pde")
workshop.check("the default output has the script's name", ran.returncode == 0
               and os.access(workshop.path("smooth"), os.X_OK), ran.stderr)
ran = pdec("smooth.pde", "-o", "smooth")
workshop.check("an old executable is replaced", ran.returncode == 0, ran.stderr)
os.remove(workshop.path("smooth"))

# -- 1: the user's mistake -----------------------------------------------------

missing = "No such file or directory"
for command in ([], ["run"], ["check"], ["fmt"], ["verify"]):
    fails(1, error("cannot read 'none.pde': " + missing), *command, "none.pde")
fails(1, error("cannot read 'folder': Is a directory"), "folder")
for stage in ("exe", "lib"):
    fails(1, error("cannot write 'folder': it is a directory"), "smooth.pde",
          "--emit", stage, "-o", "folder")
for stage in ("pde", "llvm", "obj"):
    fails(1, error("cannot write 'folder': Is a directory"), "smooth.pde",
          "--emit", stage, "-o", "folder")
for stage in ("ast", "program", "pde", "kernel", "net", "llvm", "asm", "obj",
              "lib", "exe"):
    fails(1, error("cannot write 'none/out': " + missing), "smooth.pde",
          "--emit", stage, "-o", "none/out")
fails(1, error("cannot write '/dev/full': No space left on device"),
      "smooth.pde", "--emit", "pde", "-o", "/dev/full")
fails(1, error("unknown processor 'i387'"), "smooth.pde", "--march", "i387")
fails(1, error("no error has the code 'E9999'"), "explain", "E9999")

before = files()
ran = pdec("bad.pde", "-o", "bad")
workshop.check("faulty script", ran.returncode == 1 and
               ran.stderr.startswith("bad.pde:2:12: error: ") and
               files() == before, ran.stderr)
ran = pdec("run", "smooth.pde", "--set", "tau=9", "--output", "u=u.npy")
workshop.check("illegal parameter", ran.returncode == 1 and ran.stderr ==
               "smooth: error: parameter 'tau' must be > 0 and <= 0.5, but "
               "--set gives 9\n" and files() == before, ran.stderr)

if os.geteuid() != 0:
    os.chmod(workshop.path("folder"), 0o555)
    fails(1, error("cannot write 'folder/out': Permission denied"),
          "smooth.pde", "-o", "folder/out")

# -- 2: wrong usage ------------------------------------------------------------

fails(2, usage("FILE is required"))
fails(2, usage("FILE is required"), "check")
fails(2, usage("no command 'chek'; did you mean 'check'?"), "chek", "heat.pde")
fails(2, usage("--emit: 'bytes' is none of "
               "asm|ast|cert|dot|exe|kernel|lib|llvm|net|obj|onnx|pde|plan|"
               "program|raised|rows|sweeps|tiles|vectors"),
      "smooth.pde", "--emit", "bytes")
fails(2, usage("--as: 'both' is none of kernel|network"), "smooth.pde", "--as",
      "both")
fails(2, usage("--layers: only networks have layers: add --as network"),
      "smooth.pde", "--layers")
fails(2, usage("--layers: only networks have layers: add --as network"),
      "run", "smooth.pde", "--layers")
fails(2, usage("--layers: it is for what runs: llvm, asm, obj, lib or exe"),
      "smooth.pde", "--as", "network", "--layers", "--emit", "net")
fails(2, usage("--precision: 'f16' is none of f32|f64"), "smooth.pde",
      "--precision", "f16")
fails(2, usage("-O: Value 4 not in range 0 to 3"), "smooth.pde", "-O4")
fails(2, usage("The following argument was not expected: --fast"),
      "smooth.pde", "--fast")
fails(2, usage("The following argument was not expected: bad.pde"),
      "smooth.pde", "bad.pde")
fails(2, "smooth: error: unknown option '--fast'; smooth --help lists the "
      "options\n", "run", "smooth.pde", "--fast")

# -- what is no regular file is never replaced ---------------------------------


def drain(path):
    with open(path, "rb") as pipe:
        while pipe.read(65536):
            pass


for stage in ("pde", "obj", "lib", "exe"):
    pipe = workshop.path("pipe")
    os.mkfifo(pipe)
    threading.Thread(target=drain, args=(pipe,), daemon=True).start()
    pdec("smooth.pde", "--emit", stage, "-o", "pipe")
    workshop.check("--emit %s into a pipe leaves it a pipe" % stage,
                   stat.S_ISFIFO(os.stat(pipe).st_mode))
    os.remove(pipe)

sys.exit(workshop.finish())
