#!/usr/bin/env python3
"""Time and memory of the compiler on large scripts (test/run/large.py)."""

import argparse
import os
import sys
import tempfile
import time

root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(root, "test", "run"))
import large

SCRIPTS = {
    "chain of 1000 operators, 1-D": large.chain(1000),
    "chain of 1000 operators, 2-D": large.chain(1000, 2),
    "chain of 1000 operators, 3-D": large.chain(1000, 3),
    "1000 outputs": large.outputs(1000),
    "400 fields": large.system(400),
    "40 levels": large.levels(40),
}


def compiled(pdec, options, script, program):
    """The exit status, and what the compiler has used."""
    start = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.execv(pdec, [pdec, script, *options, "-o", program])
    _, status, usage = os.wait4(child, 0)
    return (os.waitstatus_to_exitcode(status), time.perf_counter() - start,
            usage.ru_utime + usage.ru_stime, usage.ru_maxrss/1024)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pdec", default=os.path.join(root, "build/bin/pdec"))
    parser.add_argument("--as", dest="form", choices=["kernel", "network"],
                        default="kernel")
    options = parser.parse_args()
    print("%-32s%6s%12s%12s%8s" % ("script", "exit", "wall s", "cpu s", "MiB"))
    with tempfile.TemporaryDirectory() as folder:
        script = os.path.join(folder, "large.pde")
        for name, text in SCRIPTS.items():
            with open(script, "w") as file:
                file.write(text)
            print("%-32s%6d%12.2f%12.2f%8.0f" % (name, *compiled(
                options.pdec, ["--as", options.form], script,
                os.path.join(folder, "program"))), flush=True)


if __name__ == "__main__":
    main()
