#!/usr/bin/env python3
"""Times shapes of tiles of one script in turns, beside the one that the compiler
chooses. The exit status is 1 if a result has other bits. See README.md beside
this."""

import argparse
import itertools
import os
import sys
import tempfile

from contest import CASES, Contest, EPSILON, root

# Of the axes but the first, and steps; a wavefront goes along the first.
WIDTHS = {1: [""], 2: ["x256", "x512", "x1024", "x2048"],
          3: ["x32x256", "x64x256", "x128x256"]}
STEPS = {1: [8, 18, 36], 2: [1, 4, 8, 16], 3: [1, 2, 4, 8]}


def shapes(axes):
    first = ["1152", "4608"] if axes == 1 else ["256"]
    return ["%s%s:%d" % one for one in
            itertools.product(first, WIDTHS[axes], STEPS[axes])]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pdec", default=os.path.join(root, "build/bin/pdec"))
    parser.add_argument("--script", choices=CASES, required=True)
    parser.add_argument("--precision", choices=EPSILON, default="f64")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--size", type=int, help="cells along each axis")
    parser.add_argument("--tiles-list", metavar="SHAPE", nargs="+",
                        help="as pdec --tiles has them; default: a dozen")
    options = parser.parse_args()
    name, precision = options.script, options.precision
    with tempfile.TemporaryDirectory() as folder:
        contest = Contest(options.pdec, folder)
        size = contest.own_size(name)
        axes = size.count("x") + 1
        if options.size:
            size = "x".join([str(options.size)]*axes)
        tried = options.tiles_list or shapes(axes)
        libraries = [contest.script(name, precision)] + [
            contest.script(name, precision, shape) for shape in tried]
        answer = contest.run(name, size, precision, options.threads,
                             options.rounds, libraries, keep=0)
    rows = [(answer["ns"][0], contest.plan(name, precision) + " (chosen)", 1.0)]
    rows += [(peer["ns"][0], shape, peer["ratio"][0])
             for shape, peer in zip(tried, answer["peers"])]
    print("%s %s %s, %d threads: ns for each cell and step, medians of %d rounds\n"
          % (name, size, precision, options.threads, options.rounds))
    print("| tile | ns | time / chosen |\n| --- | --- | --- |")
    for ns, shape, ratio in sorted(rows):
        print("| %s | %.3f | %.2f |" % (shape, ns, ratio))
    if float(answer["difference"]) != 0:
        sys.exit("the results differ by " + answer["difference"])


if __name__ == "__main__":
    main()
