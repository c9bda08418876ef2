#!/usr/bin/env python3
"""Times kernels against plain C++ loops, in turns in one process, and compares
their results; the exit status is 1 if they differ by more than rounding. See
README.md beside this."""

import argparse
import json
import os
import sys

from contest import CASES, COMPILERS, Contest, EPSILON, root

COLUMNS = ("script", "cells", "type", "threads", "pdec ns", "plain ns", "ratio",
           "min .. max", "pdec GB/s", "plain GB/s", "tile", "best plain loop",
           "differ")


def print_row(cells):
    print("| " + " | ".join(cells) + " |", flush=True)


def text_of(run):
    """The row of a run, see COLUMNS."""
    pdec, plain = run["ns"], run["peers"][0]
    differ = run["difference"] + ("" if run["agree"] else " RESULTS DIFFER")
    # Bytes for each nanosecond are GB/s.
    speeds = ["%.1f" % (run["bytes"]/ns) for ns in (pdec[0], plain["ns"][0])]
    return [run["script"], run["size"], run["precision"], str(run["threads"]),
            "%.3f" % pdec[0], "%.3f" % plain["ns"][0],
            "%.2f" % plain["ratio"][0], "%.2f .. %.2f" % tuple(plain["ratio"][1:]),
            *speeds, run["tile"], plain["name"], differ]


def compete(contest, peers, name, size, precision, threads, rounds):
    case = CASES[name]
    library = contest.script(name, precision)
    size = size or contest.own_size(name)
    run = {"script": name, "size": size, "precision": precision,
           "threads": threads, "tile": contest.plan(name, precision),
           "operations": case.operations,
           "bytes": case.values*{"f64": 8, "f32": 4}[precision]}
    run.update(contest.run(name, size, precision, threads, rounds,
                           [library, *peers], keep=1))
    return run


def sizes_of(name, options, contest):
    """The grids to run on: as many cells along each axis as asked for, but not
    of scripts whose hierarchies ask for others."""
    if options.size and not CASES[name].any_size:
        return []
    axes = contest.own_size(name).count("x") + 1
    return (["x".join([str(n)]*axes) for n in options.size] if options.size
            else CASES[name].sizes)


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pdec", default=os.path.join(root, "build/bin/pdec"))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--script", choices=CASES, action="append")
    parser.add_argument("--precision", choices=EPSILON, action="append")
    parser.add_argument("--threads", type=int, action="append")
    parser.add_argument("--size", type=int, action="append",
                        help="cells along each axis, of what runs on any grid")
    parser.add_argument("--compiler", choices=COMPILERS, action="append",
                        help="of the plain loops")
    parser.add_argument("--json", metavar="FILE",
                        help="write what was measured, and what the machine "
                        "can do at most")
    parser.add_argument("--folder", default=os.path.join(root, "build/bench"),
                        help="for what is built")
    return parser.parse_args()


def main():
    options = parse_options()
    contest = Contest(options.pdec, options.folder)
    peers = contest.plain(options.compiler)
    print("ns for each cell and step, medians of %d rounds\n" % options.rounds)
    print_row(COLUMNS)
    print_row(["---"]*len(COLUMNS))
    runs = []
    precisions = options.precision or list(EPSILON)
    threads = options.threads or [1, 2]
    for name in options.script or CASES:
        for size in sizes_of(name, options, contest):
            for precision in precisions:
                for count in threads:
                    runs.append(compete(contest, peers, name, size, precision,
                                        count, options.rounds))
                    print_row(text_of(runs[-1]))
    if options.json:
        machine = {precision: {count: contest.machine(precision, count)
                               for count in threads}
                   for precision in precisions}
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump({"machine": machine, "runs": runs}, file, indent=1)
    sys.exit(0 if all(run["agree"] for run in runs) else 1)


if __name__ == "__main__":
    main()
