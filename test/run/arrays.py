"""Parameter arrays: what their defaults are, where their entries are found, and
the files that set them.

usage: arrays.py path/to/pdec"""

import subprocess
import sys

import numpy as np

from programs import FORMS, Workshop, same_bits

SCRIPT = """grid X : 1d, boundary periodic, size 5
param listed : real[2, 3] = [[1, 2, 3], [4, 5, 6]],
      made : real[2, 3, 4] = (i, j, k) -> 100*i + 10*j + k,
      cosines : real[8, 3, 3] = dct(3), drawn : real[50] = glorot(3, 9, 4),
      same : real[4] = 0.5 where 0 < same <= 2, scale = 1.5, k = 1
let pair = [7, [8, 9]]
input f on X = index(x)
output a = listed, b = made, c = cosines, d = drawn, e = same, entry = made[k, 2, k],
    last = made[1][2][3], row = inner(listed[k], [1, 10, 100]),
    of_list = pair[1][0] + scale, u = stencil(x, listed[1])(f)
"""
OUTPUTS = ["a", "b", "c", "d", "e", "entry", "last", "row", "of_list", "u"]


def cosines():
    n = np.arange(3)
    one = [np.sqrt((1 if p == 0 else 2)/3)*np.cos(np.pi*p*(n + 0.5)/3)
           for p in range(3)]
    return np.array([np.outer(one[p], one[q]) for p in range(3)
                     for q in range(3)][1:])


def check_defaults(workshop):
    answers = [workshop.compile(SCRIPT, *form).run({}, OUTPUTS)
               for form in (*FORMS.values(), ("--as", "network"))]
    found = answers[0]
    listed = np.array([[1., 2, 3], [4, 5, 6]])
    i, j, k = np.indices((2, 3, 4))
    around = np.arange(5.)
    expected = {"a": listed, "b": 100.*i + 10*j + k, "c": cosines(),
                "e": np.full(4, 0.5), "entry": np.array(121.),
                "last": np.array(123.), "row": np.array(654.),
                "of_list": np.array(9.5),
                "u": 4*np.roll(around, 1) + 5*around + 6*np.roll(around, -1)}
    for name, value in expected.items():
        workshop.check_close(name, found[name], value, 1e-14)
        for other in answers[1:]:
            workshop.check(name + ": forms",
                           same_bits(found[name], other[name]))
    bound = np.sqrt(6/12)
    workshop.check("glorot", np.all(np.abs(found["d"]) <= bound) and
                   abs(found["d"].std() - bound/np.sqrt(3)) < 0.1
                   and len(set(found["d"])) == 50)


def check_files(workshop, program):
    """--set comes after --weights."""
    same, listed = np.array([2, 0.25, 1, 1.5]), np.arange(6.).reshape(2, 3)
    np.savez(workshop.path("w.npz"), same=same, listed=listed, scale=3, k=0)
    np.save(workshop.path("other.npy"), np.asfortranarray(-listed))
    given = ["--weights", workshop.path("w.npz")]
    program.command += given
    found = program.run({}, ["a", "e", "entry", "of_list"])
    workshop.check("archive", same_bits(found["a"], listed) and
                   same_bits(found["e"], same) and found["entry"] == 20 and
                   found["of_list"] == 11)
    program.command += ["--set", "listed=" + workshop.path("other.npy")]
    found = program.run({}, ["a", "entry"], {"k": 1})
    workshop.check("file after archive", same_bits(found["a"], -listed) and
                   found["entry"] == 121)
    del program.command[-4:]


def check_refusals(workshop, program):
    np.save(workshop.path("flat.npy"), np.zeros(6))
    np.save(workshop.path("large.npy"), np.array([1, 2, 3, 1.]))
    listed = np.full((2, 3), 1.)
    listed[1, 2] = np.nan
    np.save(workshop.path("nan.npy"), listed)
    np.savez(workshop.path("nan.npz"), listed=listed)
    np.savez(workshop.path("odd.npz"), sale=3)
    np.savez_compressed(workshop.path("packed.npz"), scale=3)
    np.save(workshop.path("u.npy"), np.zeros(5))
    for options, message in (
            (["--set", "listed=" + workshop.path("flat.npy")],
             "its shape is [6], but that of listed is [2, 3]"),
            (["--set", "same=" + workshop.path("large.npy")],
             "parameter 'same' must be > 0 and <= 2, but its entry [2] is 3"),
            (["--set", "k=2"], "the index 2 is outside of 0 .. 1"),
            *[(words, "cannot read parameter 'listed' from '%s': entry [1, "
               "2] is nan, but all values must be finite" % words[1].split("=")[-1])
              for words in (["--set", "listed=" + workshop.path("nan.npy")],
                            ["--weights", workshop.path("nan.npz")])],
            (["--weights", workshop.path("odd.npz")],
             "has no parameter 'sale'"),
            (["--weights", workshop.path("packed.npz")],
             "is compressed: write it by numpy.savez"),
            (["--weights", workshop.path("u.npy")], "it is no .npz file"),
            (["--output", "a=" + workshop.path("a.png")],
             "an array is held by .npy files only"),
            (["--size", "listed=3"], "has no grid 'listed'"),
            (["--input", "listed=" + workshop.path("flat.npy")],
             "the script has no input 'listed'")):
        ran = subprocess.run(program.command + options, capture_output=True,
                             text=True, timeout=60)
        workshop.check(message, ran.returncode == 1 and message in ran.stderr,
                       ran.stderr)


def check_texts(program, workshop):
    shown = subprocess.run(program.command + ["--help"], capture_output=True,
                           text=True).stdout
    workshop.check("help", "same       real[4]  must be > 0 and <= 2" in shown
                   and "an array [2, 3, 4]" in shown and
                   "entry" not in shown.split("grids")[1].split("options")[0],
                   shown)


def main():
    workshop = Workshop(sys.argv[1])
    check_defaults(workshop)
    program = workshop.compile(SCRIPT)
    check_files(workshop, program)
    check_refusals(workshop, program)
    check_texts(program, workshop)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
