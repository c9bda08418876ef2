"""Derivatives where a function has a kink or a branch that is not taken has no
slope, against what docs/gradients.md says of each: by `gradient`, by
`derivative`, and a second derivative.

usage: kinks.py path/to/pdec"""

import os
import sys

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "run"))
from programs import FORMS, Workshop  # noqa: E402

# A function of f, points, its slopes there, and the slopes' own.
CASES = (
    ("if f > 0 then sqrt(f) else 0", (-1, 0, 0.25), (0, 0, 1), (0, 0, -2)),
    ("if f == 0 then 0 else f*log(abs(f))", (-1, 0, 1), (1, 0, 1), (-1, 0, 1)),
    ("if f > 0 then 1/f else f^2", (-1, 0, 2), (-2, 0, -0.25), (2, 2, 0.25)),
    ("if f < 1 then f^3 else log(1 - f)", (-1, 0.5, 0), (3, 0.75, 0),
     (-6, 3, 0)),
    ("max(f, 0)^2/(if f > 0 then f else 0*f)*step(f) + f", (2, 1, 3),
     (2, 2, 2), (0, 0, 0)),
    ("min(sqrt(f), 2)", (1, 9, 0.25), (0.5, 0, 1), (-0.25, 0, -2)),
    # The factor is zero, its own slope is not.
    ("(f - 1)*(if f > -5 then f else log(f))", (1, 0, 2), (1, -1, 3),
     (2, 2, 2)),
    ("abs(f)", (-2, 0, 2), (-1, 0, 1), (0, 0, 0)),
    ("max(f, 0)", (-2, 0, 2), (0, 0, 1), (0, 0, 0)),
    ("asin(f)", (0, 0.5, -0.5), (1, 1/np.sqrt(0.75), 1/np.sqrt(0.75)),
     (0, 0.5/0.75**1.5, -0.5/0.75**1.5)),
    ("acos(f)", (0, 0.6, -0.6), (-1, -1.25, -1.25),
     (0, -0.6/0.64**1.5, 0.6/0.64**1.5)),
)


def main():
    workshop = Workshop(sys.argv[1])
    for number, (function, points, slopes, bends) in enumerate(CASES):
        script = ("grid X : 1d, boundary reflecting\ninput f on X\n"
                  "let a = %s\nlet g = gradient(sum(a), f)\n"
                  "output g, t = derivative(a, f, 1), h = derivative(g, f, 1)\n"
                  % function)
        path = workshop.write("kinks%d.pde" % number, script)
        for form in FORMS:
            program = workshop.in_memory(path, "-O", "0", *FORMS[form])
            answer = program.run({"f": np.array(points, float)},
                                 ["g", "t", "h"])
            for name, expected in (("g", slopes), ("t", slopes), ("h", bends)):
                workshop.check_close(
                    "%s of %s, %s" % (name, function, form), answer[name],
                    np.array(expected, float), 1e-11)
    return workshop.finish()


if __name__ == "__main__":
    sys.exit(main())
