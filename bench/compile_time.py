#!/usr/bin/env python3
"""Times `pdec F.pde -o prog` for all examples and several grid sizes."""

import argparse
import glob
import os
import re
import statistics
import subprocess
import tempfile
import time

root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
EXPONENTS = (10, 20, 26)


def with_size(script, cells):
    """The script with this size for each of its grids."""
    script = re.sub(r"(?m)^(grid\b[^#\n]*?),\s*size\s+[^,#\n]*", r"\1", script)
    return re.sub(r"(?m)^(grid\b[^#\n]*?)\s*(#.*)?$",
                  r"\1, size %d" % cells, script)


def seconds(pdec, script, program):
    start = time.perf_counter()
    subprocess.run([pdec, script, "-o", program], check=True)
    return time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pdec", default=os.path.join(root, "build/bin/pdec"))
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()

    print("milliseconds to compile, medians of %d" % options.runs)
    print("%-18s" % "script"
          + "".join("%12s" % ("2^%d cells" % e) for e in EXPONENTS))
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(glob.glob(os.path.join(root, "examples", "*.pde"))):
            name = os.path.basename(path)
            medians = []
            for exponent in EXPONENTS:
                script = os.path.join(folder, name)
                with open(path) as source, open(script, "w") as copy:
                    copy.write(with_size(source.read(), 2**exponent))
                program = os.path.join(folder, "program")
                medians.append(1000 * statistics.median(
                    seconds(options.pdec, script, program)
                    for _ in range(options.runs)))
            print("%-18s" % name[:-len(".pde")]
                  + "".join("%12.1f" % median for median in medians))


if __name__ == "__main__":
    main()
