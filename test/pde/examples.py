"""Gives the example of each operation of a dialect to pde-opt:
    examples.py DIALECT.td PRELUDE.mlir ROOT
Every operation must have one in its description, which holds the operation.
What an example uses without making it comes from PRELUDE, a line a value: first
what stands beside programs, then what stands in them. Where examples stand in
something else than a program, its first and its last line follow "//in: ".
"""

import os
import re
import subprocess
import sys


def descriptions(source, root):
    """Each operation's text as mlir-tblgen documents it."""
    include = subprocess.run(
        ["llvm-config-19", "--includedir"], check=True, capture_output=True,
        text=True).stdout.strip()
    text = subprocess.run(
        ["mlir-tblgen", "-gen-op-doc", "-I", include, "-I", root, source],
        check=True, capture_output=True, text=True).stdout
    parts = re.split(r"^### `([\w.]+)`.*$", text, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))


def text_of(source, root):
    """The text of a file and of those of ours that it includes."""
    files = [source]
    texts = []
    for name in files:
        with open(name) as file:
            texts.append(file.read())
        files += (path for part in
                  re.findall(r'^include "(compiler/.*)"', texts[-1], re.M)
                  if (path := os.path.join(root, part)) not in files)
    return "\n".join(texts)


def example_of(description):
    found = re.search(r"Example:\n+```mlir\n(.*?)```", description, re.S)
    return found.group(1) if found else ""


def made_by(line):
    """The value or symbol that a line makes, or those that a text does."""
    values = re.findall(r"(%\w+)(?::\d+)? =|pass (%\w+)", line)
    symbols = re.findall(r"^\s*pde\.grid (@[\w.]+)", line, re.M)
    return {one or other for one, other in values} | set(symbols)


def module_of(example, dialect, prelude):
    """A module in which the example stands where it may."""
    lines = [line for line in prelude
             if not made_by(line) & made_by(example)]
    around = [line[6:] for line in lines if line.startswith("//in: ")]
    inside = [line for line in lines if line.startswith("%")]
    beside = [line for line in lines if not re.match("%|//|$", line)]
    is_beside = re.match(r"\s*(pde\.grid|\w+\.program)", example)
    if is_beside:
        return "\n".join(beside + [example])
    start, end = around or (dialect + ".program @p {", "}")
    return "\n".join(beside + [start] + inside + [example, end])


def main():
    source, prelude, root = sys.argv[1:]
    with open(prelude) as file:
        prelude = file.read().splitlines()
    operations = descriptions(source, root)
    # Counted twice, since what is not found is not tested.
    defined = len(re.findall(r"^def \w+Op :", text_of(source, root), re.M))
    if not operations or len(operations) != defined:
        sys.exit("%d operations are documented, %d defined"
                 % (len(operations), defined))
    for name, description in operations.items():
        example = example_of(description)
        if not re.search(re.escape(name) + r"\b", example):
            sys.exit("%s: its description has no example of it" % name)
        module = module_of(example, name.split(".")[0], prelude)
        run = subprocess.run(["pde-opt"], input=module, capture_output=True,
                             text=True)
        if run.returncode or name not in run.stdout:
            sys.exit("%s: pde-opt refuses its example\n%s" % (name, run.stderr))
    print("%d operations with an example" % len(operations))


main()
