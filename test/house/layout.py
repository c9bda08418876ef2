"""Whether all sources are laid out as clang-format has them.

    layout.py ROOT

Prints where they are not, and then the exit status is 1.
"""

import os
import subprocess
import sys


def sources(root):
    for room in ("compiler", "runtime", "test", "bench"):
        for folder, _, names in os.walk(os.path.join(root, room)):
            for name in sorted(names):
                if name.endswith((".cpp", ".h", ".c")):
                    yield os.path.join(folder, name)


def main(root):
    files = list(sources(root))
    done = subprocess.run(["clang-format", "--style=file", "--dry-run",
                           "-Werror", "--ferror-limit=3", *files])
    if done.returncode == 0:
        print("%d sources are laid out as they should be" % len(files))
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
