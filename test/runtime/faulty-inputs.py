#!/usr/bin/env python3
"""Runs runtime-demo on faulty inputs, outputs and options; compares the whole
message and the exit code, and looks for files left behind.

usage: faulty-inputs.py path/to/runtime-demo
"""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time

sys.dont_write_bytecode = True
from demo import Tally, npy, read_npy

tally = Tally(sys.argv[1])
put = tally.put
refuse = tally.refuse


def refuse_file(title, name, content, reason):
    """An input file must be refused for this reason."""
    put(name, content)
    refuse(title, "--input f=%s --output u=out.npy" % name,
           "cannot read input 'f' from '%s': %s" % (name, reason))


def accept(title, arguments, expected, demo="heat"):
    """The values of out.npy must be these."""
    result = tally.run(*arguments.split(), demo=demo)
    try:
        seen = read_npy(tally.path("out.npy"))
    except OSError as error:
        seen = error
    for name in tally.leftovers():
        os.unlink(tally.path(name))
    tally.check(title, result.returncode == 0 and result.stderr == ""
                and seen == expected, " %r\n %r" % (result.stderr, seen))


# -- .npy files ---------------------------------------------------------------

good = npy([1.0, 2.0, 3.0, 4.0])
put("good.npy", good)
refuse_file("empty file", "a.npy", b"", "it is empty")
refuse_file("wrong magic", "a.npy", b"PK\x03\x04 something else",
            "it is not an .npy file")
refuse_file("magic only", "a.npy", good[:6], "its header is cut off")
refuse_file("header cut off", "a.npy", good[:40], "its header is cut off")
refuse_file("data cut off", "a.npy", good[:-8],
            "its data are cut off: 32 bytes are needed, but 24 are there")
refuse_file("extra bytes", "a.npy", good + b"abc",
            "3 bytes too many follow its data")
refuse_file("unknown version", "a.npy", npy([1.0], version=4),
            "its format version is 4.0, but only 1.0, 2.0 and 3.0 are known")
refuse_file("absurd header length", "a.npy",
            b"\x93NUMPY\x02\x00\xff\xff\xff\xff{}",
            "its header claims to be 4294967295 bytes long, but at most "
            "1048576 are accepted")
refuse_file("garbage header", "a.npy", npy([1.0], header="{'descr' '<f8'}"),
            "its header is malformed at byte 9")
refuse_file("header lacks a key", "a.npy",
            npy([1.0], header="{'descr': '<f8', 'shape': (1,)}"),
            "its header lacks 'descr', 'fortran_order' or 'shape'")
TYPES = ("but only real numbers (f2, f4, f8), integers (i1 to u8) and bool "
         "are accepted")
refuse_file("complex", "a.npy", npy([1.0, 0.0], dtype="<c16", shape="(1,)"),
            "its element type is '<c16' (complex), " + TYPES + ": save its real part, "
            "a.real, or its absolute value, abs(a)")
refuse_file("object", "a.npy", npy([1.0], dtype="|O8"),
            "its element type is '|O8' (Python objects), " + TYPES + ": save a.astype('f8')")
refuse_file("string", "a.npy", npy([1.0], dtype="<U2"),
            "its element type is '<U2' (strings), " + TYPES + ": save a.astype('f8')")
refuse_file("control characters in the type", "a.npy",
            npy([1.0], dtype="\x1b[31m"),
            "its element type is '\\x1b[31m', " + TYPES + ": save a.astype('f8')")
refuse_file("structure", "a.npy",
            npy([1.0], header="{'descr': [('a', '<f8')], "
                "'fortran_order': False, 'shape': (1,)}"),
            "its element type is a structure, " + TYPES + ": save one of its "
            "fields, as a['x']")
refuse_file("rank 2", "a.npy", npy([1.0] * 4, shape="(2, 2)"),
            "it has rank 2, but grid X has rank 1: save an array of that rank")
refuse_file("rank 0", "a.npy", npy([1.0], shape="()"),
            "it has rank 0, but grid X has rank 1: save an array of that rank")
refuse_file("size 0", "a.npy", npy([], shape="(0,)"),
            "it holds no cells, since axis 0 has size 0")
refuse_file("negative size", "a.npy", npy([1.0], shape="(-1,)"),
            "its header is malformed at byte 51")
refuse_file("size beyond 64 bits", "a.npy",
            npy([1.0], shape="(99999999999999999999,)"),
            "its shape is too large")
refuse_file("bytes beyond 64 bits", "a.npy",
            npy([1.0], shape="(2305843009213693952,)"),
            "its shape is too large")
refuse_file("claims a petabyte", "a.npy",
            npy([1.0], shape="(140737488355328,)"),
            "its data are cut off: 1125899906842624 bytes are needed, but 8 "
            "are there")
refuse_file("nan", "a.npy", npy([1.0, 2.0, float("nan"), 4.0]),
            "cell 2 is nan, but all values must be finite")
refuse_file("infinity", "a.npy", npy([1.0, float("-inf"), 2.0]),
            "cell 1 is -inf, but all values must be finite")
refuse_file("big-endian infinity", "a.npy",
            npy([1.0, float("inf"), 2.0], dtype=">f4"),
            "cell 1 is inf, but all values must be finite")

put("big.npy", npy([1e300] * 6, shape="(2, 3)"))
refuse("too large for f32", "--input a=big.npy",
       "cannot read input 'a' from 'big.npy': cell (0, 0) is 1e+300, which is "
       "too large for precision f32", demo="copy")
put("nan.npy", npy([1.0, 2.0, 3.0, float("nan"), 5.0, 6.0], shape="(2, 3)",
                   fortran="True"))
refuse("nan in Fortran order", "--input a=nan.npy",
       "cannot read input 'a' from 'nan.npy': cell (1, 1) is nan, but all "
       "values must be finite", demo="copy")

# -- .npy files that are fine -------------------------------------------------

OUT = " --set steps=0 --output u=out.npy"
put("a.npy", npy([1.0, -2.5, 1e300], dtype=">f8"))
accept("big-endian f8", "--input f=a.npy" + OUT, [1.0, -2.5, 1e300])
put("a.npy", npy([1.0, -2.5, 0.1], dtype=">f4"))
accept("big-endian f4", "--input a.npy" + OUT, [1.0, -2.5, 0.10000000149011612])
put("a.npy", npy([1, 2, -3], dtype=">i8"))
accept("big-endian i8", "--input=f=a.npy" + OUT, [1.0, 2.0, -3.0])
put("a.npy", npy([1.0, 2.0], version=3,
                 header="{\"shape\":(2,),'fortran_order':False,'descr':'<f8'}"))
accept("format 3.0, other order", "--input f=a.npy" + OUT, [1.0, 2.0])
put("f.npy", npy([1.0, 4.0, 2.0, 5.0, 3.0, 6.0], shape="(2, 3)",
                 fortran="True"))
accept("Fortran order", "--input a=f.npy --output c=out.npy --quiet",
       [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], demo="copy")

# -- where files lie ----------------------------------------------------------

os.mkdir(tally.path("folder.npy"))
os.mkfifo(tally.path("pipe.npy"))
refuse("missing file", "--input f=none.npy",
       "cannot read input 'f' from 'none.npy': No such file or directory")
refuse("directory", "--input f=folder.npy",
       "cannot read input 'f' from 'folder.npy': Is a directory")
refuse("FIFO", "--input f=pipe.npy",
       "cannot read input 'f' from 'pipe.npy': it is not a regular file")
refuse("file as folder", "--input f=good.npy/x.npy",
       "cannot read input 'f' from 'good.npy/x.npy': Not a directory")
refuse("unknown extension", "--input f=good.txt",
       "cannot read input 'f' from 'good.txt': its extension tells no known "
       "format (known are .npy, .csv, .png and .pgm)")


def become_nobody():
    if os.getuid() == 0:
        os.setgid(65534)
        os.setuid(65534)


put("secret.npy", good)
os.chmod(tally.path("secret.npy"), 0)
refuse("no permission to read", "--input f=secret.npy",
       "cannot read input 'f' from 'secret.npy': Permission denied",
       before=become_nobody)

# -- .csv files ---------------------------------------------------------------

COMMAS = ("commas separate values here, so that numbers have no decimal commas "
          "and no thousands separators")
refuse_file("empty csv", "a.csv", "", "it is empty")
refuse_file("csv of comments", "a.csv", "# nothing\n\n  \n",
            "it holds no numbers")
refuse_file("csv heading only", "a.csv", "value\n", "it holds no numbers")
refuse_file("word in csv", "a.csv", "x\n1\n2\nthree\n",
            "line 4, column 1 has 'three' instead of a number: names may stand "
            "in the first line only, and rows have none")
refuse_file("decimal comma", "a.csv", "1,5\n2,5\n",
            "it holds 2 lines of 2 values, but grid X of rank 1 needs one "
            "value a line or all on one line; " + COMMAS)
refuse_file("ragged csv", "a.csv", "1\n2 3\n",
            "line 2 has 2 values, but the lines before have 1: column 2 is too "
            "many")
refuse_file("missing value", "a.csv", "1,,2\n",
            "line 1, column 2 is blank: fill in a number")
refuse_file("missing last value", "a.csv", "1\n2,\n",
            "line 2, column 2 is blank, since the line ends with a separator: "
            "fill in a number or remove the separator")
refuse_file("too large in csv", "a.csv", "1\n# x\n1e999\n",
            "line 3, column 1 has 1e999, which is too large")
refuse_file("nan in csv", "a.csv", "1\n2\nnan\n",
            "line 3, column 1 is nan, but all values must be finite")
refuse_file("binary csv", "a.csv", b"1\n\x00\x01\xff\n",
            "line 2, column 1 has '\\x00\\x01\\xff' instead of a number: save "
            "the file as UTF-8 text")
refuse_file("endless word", "a.csv", "1\n" + "9" * 5000 + "\n",
            "line 2, column 1 has more than 1000 characters")
put("ragged.csv", "1,2,3\n4,5\n")
refuse("ragged rows", "--input a=ragged.csv",
       "cannot read input 'a' from 'ragged.csv': line 2 has 2 values, but the "
       "lines before have 3: column 3 is missing; " + COMMAS, demo="copy")

# -- sizes --------------------------------------------------------------------

put("one.npy", npy([1.0]))
put("23.npy", npy([0.0] * 6, shape="(2, 3)"))
put("32.npy", npy([0.0] * 6, shape="(3, 2)"))
refuse("too few cells", "--input f=one.npy",
       "grid X has 1 cell along x, but the script needs at least 2")
refuse("too few cells asked for", "--size X=1",
       "grid X has 1 cell along x, but the script needs at least 2")
refuse("file and --size disagree", "--input f=good.npy --size 5",
       "the sizes of grid X disagree: input 'f' has 4 cells, but --size gives "
       "5 cells")
refuse("inputs disagree", "--input a=23.npy --input b=32.npy",
       "the sizes of grid G disagree: input 'b' has 3 x 2 cells, but input "
       "'a' has 2 x 3 cells", demo="copy")
refuse("unknown grid", "--size Y=5", "heat.pde has no grid 'Y'")
refuse("size is no number", "--size X=many",
       "--size must give grid X a positive number of cells, but gives 'many'")
refuse("size 0 asked for", "--size X=0",
       "--size must give grid X a positive number of cells, but gives '0'")
refuse("too many sizes", "--size X=5x5",
       "--size gives grid X 2 sizes, but it has rank 1")
refuse("a size beyond 64 bits", "--size X=99999999999999999999",
       "--size gives grid X 99999999999999999999 cells, which is too large")
refuse("more cells than memory", "--size X=1000000000000000000",
       "out of memory: a field of 6.9 EiB (1000000000000000000 cells) was "
       "asked for")
refuse("more cells than addresses", "--size X=9000000000000000000",
       "out of memory: a field of 9000000000000000000 cells was asked for")
refuse("input without default", "", "input 'a' has no default: give --input "
       "a=FILE", demo="copy")

# -- parameters ---------------------------------------------------------------

refuse("below the range", "--set tau=-1",
       "parameter 'tau' must be > 0, but --set gives -1")
refuse("on an open bound", "--set tau=0",
       "parameter 'tau' must be > 0, but --set gives 0")
refuse("above the range", "--set steps=2000000000",
       "parameter 'steps' must be >= 0 and <= 1e+09, but --set gives "
       "2000000000")
refuse("no number", "--set tau=abc",
       "parameter 'tau' must be a number, but --set gives abc")
refuse("nothing", "--set tau=",
       "parameter 'tau' must be a number, but --set gives nothing")
refuse("nan", "--set tau=nan",
       "parameter 'tau' must be finite, but --set gives nan")
refuse("beyond double", "--set tau=1e999",
       "parameter 'tau' is set to 1e999, which is too large")
refuse("real for an integer", "--set steps=1.5",
       "parameter 'steps' must be an integer in decimal digits, but --set "
       "gives 1.5")
refuse("beyond 64 bits", "--set steps=99999999999999999999",
       "parameter 'steps' is set to 99999999999999999999, which is too large")
refuse("unknown parameter", "--set tua=1",
       "heat.pde has no parameter 'tua' (did you mean 'tau'?)")
refuse("second of a list", "--set tau=0.1,step=3",
       "heat.pde has no parameter 'step' (did you mean 'steps'?)")
refuse("unstable run", "--set tau=1e30,steps=100 --output u=out.npy",
       "output 'u' is not finite (first at cell 0): the run is unstable for "
       "these parameters")

# -- hierarchies and iterations --------------------------------------------------

refuse("size that cannot be halved", "--size G=15x20",
       "grid G has 20 cells along y, but its hierarchy of 3 levels needs 4*k - "
       "1: the nearest are 19 and 23", demo="solve")
refuse("size that is soon too small", "--size G=11x15",
       "grid G has 11 cells along x, but its hierarchy of 3 levels needs 4*k - "
       "1, at least 15", demo="solve")
refuse("size of a coarser grid", "--size G_1=7",
       "solve.pde has no grid 'G_1'", demo="solve")
refuse("size of one of the grids", "--size 7",
       "--size must name a grid, as --size G=N, since solve.pde has 3 of them",
       demo="solve")
put("even.pgm", b"P5 16 15 255\n" + bytes(240))
refuse("size that a file gives", "--input even.pgm",
       "grid G has 16 cells along y, but its hierarchy of 3 levels needs 4*k - "
       "1: the nearest are 15 and 19", demo="solve")
refuse("no convergence", "--set passes=10 --output u=out.npy --plot out.svg",
       "solve.pde:12: the iteration for 'u' did not converge: after 10 passes "
       "the residual is 0.705, not below 1e-08", demo="solve")

# -- options ------------------------------------------------------------------

HELP = "; demo --help lists the options"
refuse("unknown option", "--inptu f=a.npy",
       "unknown option '--inptu' (did you mean '--input'?)" + HELP, code=2)
refuse("unknown letter", "-x", "unknown option '-x'" + HELP, code=2)
refuse("argument", "good.npy", "unexpected argument 'good.npy'" + HELP, code=2)
refuse("missing value", "--output",
       "option '--output' needs a value" + HELP, code=2)
refuse("option as value", "--plot --quiet",
       "option '--plot' needs a value" + HELP, code=2)
refuse("two plots", "--plot a.svg --quiet --plot b.svg",
       "option '--plot' is given twice" + HELP, code=2)
refuse("value for a flag", "--quiet=1",
       "option '--quiet' takes no value" + HELP, code=2)
refuse("--set without value", "--set tau",
       "option '--set' needs NAME=VALUE, but is given 'tau'" + HELP, code=2)
refuse("unknown input", "--input g=good.npy",
       "the script has no input 'g'")
refuse("unknown output", "--output c2=out.npy",
       "the script has no output 'c2' (did you mean 'c'?)", demo="copy")
refuse("input not named", "--input good.npy",
       "--input must name one of the script's 2 inputs, as --input a=FILE",
       demo="copy")
refuse("input given twice", "--input f=good.npy --input f=good.npy",
       "input 'f' is given two files")
refuse("input without file", "--input f=", "--input gives 'f' no file")
refuse("no threads", "--threads 0",
       "--threads must be an integer from 1 to 1024, but is '0'")
refuse("threads no number", "--threads all",
       "--threads must be an integer from 1 to 1024, but is 'all'")
refuse("plot of another kind", "--plot out.jpg",
       "--plot draws .svg and .png files only, but is given 'out.jpg'")

# -- outputs ------------------------------------------------------------------

refuse("missing folder", "--output u=none/out.npy",
       "cannot write output 'u' to 'none/out.npy': No such file or directory")
refuse("folder as output", "--output u=folder.npy",
       "cannot write output 'u' to 'folder.npy': Is a directory")
refuse("unknown extension", "--output u=out.dat",
       "cannot write output 'u' to 'out.dat': its extension tells no known "
       "format (known are .npy, .csv, .png, .pgm and .vti)")
refuse("full disk", "--output u=/dev/full",
       "cannot write output 'u' to '/dev/full': No space left on device")
refuse("no permission for the plot", "--quiet --plot /dev/full.svg",
       "cannot write the plot to '/dev/full.svg': Permission denied",
       before=become_nobody)
refuse("one file for two outputs",
       "--input a=23.npy --output c=out.npy --output d=./out.npy",
       "cannot write output 'd' to './out.npy': another output goes to the "
       "same file", demo="copy")
refuse("one file by two names in a list",
       "--input a=23.npy --output c=out.npy,d=./out.npy",
       "cannot write output 'd' to './out.npy': another output goes to the "
       "same file", demo="copy")
refuse("output given twice in a list", "--output c=out.npy,d=out.csv,c=out.csv",
       "output 'c' is given two files", demo="copy")
refuse("unknown output in a list", "--output c=out.npy,e=out.csv",
       "the script has no output 'e'", demo="copy")
refuse("no file in a list", "--output c=,d=out.csv",
       "--output gives 'c' no file", demo="copy")
refuse("two folders", "--output out/ --output out2/",
       "--output gives all outputs two folders, 'out/' and 'out2/'")
refuse("folder in a missing folder", "--output none/out/",
       "cannot write output 'u' to 'none/out/u.npy': No such file or directory")
refuse("file as a folder", "--output good.npy/",
       "cannot write output 'u' to 'good.npy/u.npy': Not a directory")
refuse("two outputs in a folder and one file",
       "--input a=23.npy --output out/ --output d=out/c.npy",
       "cannot write output 'd' to 'out/c.npy': another output goes to the "
       "same file", demo="copy")
refuse("a made folder goes with a failed run",
       "--set tau=1e30,steps=100 --output out/",
       "output 'u' is not finite (first at cell 0): the run is unstable for "
       "these parameters")
refuse("missing folder for the plot", "--output u=out.npy --plot none/x.svg",
       "cannot write the plot to 'none/x.svg': No such file or directory")
os.mkdir(tally.path("locked"))
os.chmod(tally.path("locked"), 0o555)
refuse("no permission to write", "--output u=locked/out.npy",
       "cannot write output 'u' to 'locked/out.npy': Permission denied",
       before=become_nobody)
put("kept.npy", good)
os.chmod(tally.path("kept.npy"), 0o444)
refuse("protected file", "--output u=kept.npy",
       "cannot write output 'u' to 'kept.npy': Permission denied",
       before=become_nobody)
refuse("limit of file sizes", "--output u=out.csv --size 100000",
       "cannot write output 'u' to 'out.csv': File too large",
       before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000)))
result = tally.run("--size", "1000", stdin=subprocess.DEVNULL,
                   before=lambda: os.dup2(os.open("/dev/full", os.O_WRONLY), 1))
tally.check("full standard output", result.returncode == 1 and result.stderr ==
            "demo: error: cannot write to standard output: No space left on "
            "device\n", result.stderr)

# An existing output survives a run that fails.
put("old.npy", good)
tally.run("--set", "tau=1e30,steps=100", "--output", "old.npy")
tally.check("old output kept", open(tally.path("old.npy"), "rb").read() == good)

# A small disk, where mounting is permitted.
os.mkdir(tally.path("disk"))
if shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "none", tally.path("disk")],
        capture_output=True).returncode == 0:
    refuse("small disk", "--size 100000 --output u=disk/out.npy",
           "cannot write output 'u' to 'disk/out.npy': No space left on "
           "device: 781.2 KiB are needed, but 64.0 KiB are free")
    put("disk.npy", npy([0.0] * 10000, shape="(100, 100)"))
    refuse("small disk for several", "--input a=disk.npy --output "
           "c=disk/out.npy,d=disk/out2.npy",
           "cannot write output 'd' to 'disk/out2.npy': No space left on "
           "device: 78.1 KiB are needed, but 64.0 KiB are free", demo="copy")
    refuse("small disk, text", "--size 100000 --output u=disk/out.csv",
           "cannot write output 'u' to 'disk/out.csv': No space left on device")
    tally.check("small disk is empty", os.listdir(tally.path("disk")) == [])
    subprocess.run(["umount", tally.path("disk")])
else:
    print("skipped: a small disk (mounting is not permitted)")

# A signal ends the run; its temporary file goes too.
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    child = subprocess.Popen(
        [tally.program, "--set", "steps=1000000000", "--output", "out.npy"],
        cwd=tally.folder)
    for _ in range(200):
        if tally.leftovers():
            break
        time.sleep(0.01)
    appeared = tally.leftovers()
    child.send_signal(number)
    child.wait()
    tally.check("signal %d" % number, appeared and not tally.leftovers()
                and child.returncode == -number, tally.leftovers())

tally.finish()
