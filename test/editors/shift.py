"""Shifts the lines of scripts that begin a statement or end a block.

    shift.py FOLDER
"""

import os
import re
import sys

BEGINS = re.compile(r"^ *(?=(grid|param|input|let|fun|scheme|evolve|solve|"
                    r"output|var|return|by|until)\b|\}|for \w+ in )")

for name in os.listdir(sys.argv[1]):
    path = os.path.join(sys.argv[1], name)
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(BEGINS.sub(" " * (number % 7), line)
                             for number, line in enumerate(lines)))
