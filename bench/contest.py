"""What competes in run.py and tiles.py, and how: the scripts, the plain loops
built for them, and driver.cpp, which runs all in turns in one process."""

import collections
import json
import os
import re
import shutil
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(here)

# sizes: grids to run on; None: the script's own.
# values: that one pass over memory reads and writes for each cell and step.
# operations: for each cell and step, as in plain/, where each flux is computed
#   once; an exponential, a root or a quotient counts as one.
# inner: steps that the script makes for one of its parameter n.
# rounding: how far results of the few steps that are compared may be apart, in
#   units of the precision; Perona-Malik amplifies by up to 1.7 a step.
# any_size: whether it runs on any grid; hierarchies do not.
Case = collections.namedtuple(
    "Case", "sizes values operations inner rounding any_size",
    defaults=([None], 2, 0, 1, 64, True))

CASES = {
    "perona_malik": Case(["65536", "16777216"], 2, 8, rounding=5000),
    "charbonnier": Case(["65536", "16777216"], 2, 9),
    "heat2d": Case(operations=7),
    "charbonnier2d": Case(operations=16),
    "fsi2d": Case(values=3, operations=10, inner=20),
    "gray_scott2d": Case(values=4, operations=25),
    "wave2d": Case(values=3, operations=9),
    "heat3d": Case(operations=9),
    "perona_malik3d": Case(operations=20, rounding=5000),
    # A step is a cycle: twice over all grids, reading u and f and writing u.
    "poisson2d": Case(values=8, operations=49, any_size=False),
    "poisson3d": Case(values=7, operations=57, any_size=False),
}

EPSILON = {"f64": 2.0**-52, "f32": 2.0**-23}

# Without errno, sqrt and exp keep their values but may become vector code; that
# of exp is in glibc's libmvec, whose last bits differ. gcc calls it for
# -ffast-math only.
COMPILERS = {
    "gcc": ("g++", []),
    "gcc no-errno": ("g++", ["-fno-math-errno"]),
    "clang": ("clang++-19", []),
    "clang no-errno": ("clang++-19", ["-fno-math-errno"]),
    "clang libmvec": ("clang++-19", ["-fno-math-errno", "-fveclib=libmvec"]),
}


def call(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE,
                          text=True).stdout


def is_newer(target, sources):
    return os.path.exists(target) and all(
        os.path.getmtime(target) > os.path.getmtime(one) for one in sources)


def script_of(name):
    own = os.path.join(here, name + ".pde")
    return own if os.path.exists(own) else os.path.join(root, "examples",
                                                        name + ".pde")


def has_openmp(compiler):
    return bool(shutil.which(compiler)) and subprocess.run(
        [compiler, "-fopenmp", "-E", "-x", "c++", "-include", "omp.h",
         "/dev/null"], capture_output=True).returncode == 0


class Contest:
    """Builds what it needs in `folder`; `pdec` is the compiler."""

    def __init__(self, pdec, folder):
        self.pdec, self.folder = pdec, folder
        os.makedirs(folder, exist_ok=True)
        self.driver = os.path.join(folder, "driver")
        call("clang++-19", "-std=c++17", "-O2", "-I", root,
             os.path.join(here, "driver.cpp"), "-ldl", "-o", self.driver)

    def plain(self, compilers=None):
        """The plain loops, once for each compiler and choice of flags."""
        files = [os.path.join(here, "plain", name) for name in
                 sorted(os.listdir(os.path.join(here, "plain")))]
        sources = [name for name in files if name.endswith(".cpp")]
        libraries = []
        for name in compilers or COMPILERS:
            compiler, flags = COMPILERS[name]
            if not has_openmp(compiler):
                print("there is no %s with OpenMP" % compiler, file=sys.stderr)
                continue
            library = os.path.join(self.folder, name + ".so")
            libraries.append(library)
            if is_newer(library, [__file__, *files]):
                continue
            call(compiler, "-std=c++17", "-O3", "-march=native", "-fopenmp",
                 "-fPIC", "-shared", "-w", *flags, *sources, "-o", library)
        if not libraries:
            sys.exit("there is no compiler for the plain loops")
        return libraries

    def machine(self, precision, threads):
        """See machine.cpp."""
        program = os.path.join(self.folder, "machine")
        source = os.path.join(here, "machine.cpp")
        if not is_newer(program, [source]):
            call("g++", "-std=c++17", "-O3", "-march=native", "-fopenmp",
                 source, "-o", program)
        return json.loads(call(program, precision, str(threads)))

    def script(self, name, precision, tiles=None):
        """The script as a library."""
        library = os.path.join(self.folder, "%s-%s.so" % (tiles or name,
                                                          precision))
        call(self.pdec, script_of(name), "--precision", precision, "--march",
             "native", *(["--tiles", tiles] if tiles else []),
             "--name", name, "--emit", "lib", "-o", library)
        return library

    def plan(self, name, precision):
        """The shape of the tiles of the script's steps: the largest one."""
        text = call(self.pdec, script_of(name), "--precision", precision,
                    "--march", "native", "--emit", "plan", "-o", "-")
        tiles = re.findall(r"kernel\.tile<\[([\d, ]+)\](?: steps (\d+))?", text)
        cells, steps = max(reversed(tiles), key=lambda tile: int(tile[1] or 1))
        return cells.replace(", ", "x") + ":" + (steps or "1")

    def own_size(self, name):
        """Of the script's grid."""
        text = open(script_of(name), encoding="utf-8").read()
        axes, cells = re.search(r"^grid \w+ : (\d)d.* size (\d+)", text,
                                re.M).groups()
        return "x".join([cells]*int(axes))

    def run(self, name, size, precision, threads, rounds, libraries, keep):
        """What driver.cpp says, for each step of the scheme; whether all
        results agree is in `agree`. The first library is the script's."""
        case = CASES[name]
        cells = 1
        for n in size.split("x"):
            cells *= int(n)
        few, many = steps(cells, case.inner)
        answer = json.loads(call(
            self.driver, name, size, str(threads), str(rounds), str(few),
            str(many), str(keep), *libraries))
        for entry in [answer, *answer["peers"]]:
            entry["ns"] = [ns/case.inner for ns in entry["ns"]]
        answer["agree"] = (float(answer["difference"])
                           <= case.rounding*EPSILON[precision])
        return answer


def steps(cells, inner):
    """Few and many of the script's n: 200 million updates between, but some
    tiles of several steps."""
    few = max(1, 10//inner)
    between = min(max(200e6/cells, 48), 6000)
    return few, few + max(1, round(between/inner))
