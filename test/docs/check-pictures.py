#!/usr/bin/env python3
"""Checks that the page of the examples shows all of them.

usage: check-pictures.py path/to/examples

README.md must have a heading with a link to each script, and a link to or an
image of its plot NAME.svg and its network NAME-network.svg, which must be SVG.
"""

import os
import re
import sys
import xml.etree.ElementTree

maxBytes = 3 << 20


def main(folder):
    names = {f[:-4] for f in os.listdir(folder) if f.endswith(".pde")}
    images = os.path.join(folder, "images")
    with open(os.path.join(folder, "README.md"), encoding="utf-8") as file:
        page = file.read()
    complaints = []

    headings = re.findall(r"^### \[(\w+)\.pde\]\(\1\.pde\)$", page, re.M)
    for name in sorted(names | set(headings)):
        if headings.count(name) != 1 or name not in names:
            complaints.append("%s.pde has %d headings in README.md" %
                              (name, headings.count(name)))

    wanted = {name + end for name in names for end in (".svg", "-network.svg")}
    shown = set(re.findall(r"\]\(images/([\w-]+\.svg)\)", page))
    present = set(os.listdir(images))
    for name in sorted(wanted - shown):
        complaints.append("README.md does not show images/%s" % name)
    for name in sorted((wanted | shown) - present):
        complaints.append("images/%s is missing: run scripts/pictures" % name)
    for name in sorted(present - wanted):
        complaints.append("images/%s belongs to no example" % name)

    size = 0
    for name in sorted(present):
        path = os.path.join(images, name)
        size += os.path.getsize(path)
        try:
            root = xml.etree.ElementTree.parse(path).getroot()
            if root.tag != "{http://www.w3.org/2000/svg}svg":
                complaints.append("images/%s is no SVG" % name)
        except xml.etree.ElementTree.ParseError as error:
            complaints.append("images/%s: %s" % (name, error))
    if size > maxBytes:
        complaints.append("the pictures have %d bytes" % size)

    for complaint in complaints:
        print("FAILED:", complaint)
    print("%d examples, %d complaints" % (len(names), len(complaints)))
    sys.exit(1 if complaints else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
