#!/usr/bin/env python3
"""Every example's model in every profile: the checker and strict inference
accept it, ONNX Runtime runs it, everything in it is used, and what it says of
itself is what the checked program and the help text say.

usage: all_models.py path/to/pdec path/to/examples path/to/library
                     [path/to/onnxruntime-node path/to/run-onnx.mjs]
"""

import hashlib
import os
import re
import subprocess
import sys

import onnx
import onnx.numpy_helper

sys.dont_write_bytecode = True
import models  # noqa: E402
from fixed import fixing  # noqa: E402

PRECISION = {"conv": "f32", "slice": "f64"}


def program_params(pdec, script):
    """By name: the kind, the default, and the limits with whether they are
    open."""
    params = {}
    for line in models.told(pdec, script, "--emit", "program").splitlines():
        found = re.match(r"param (\w+) : (real|int) = (\S+)"
                         r"(?: in ([\[(])(\S+), (\S+)([\])]))?$", line)
        if found:
            name, kind, default, left, low, high, right = found.groups()
            params[name] = (kind, float(default), float(low or "-inf"),
                            float(high or "inf"), left == "(", right == ")")
    return params


def told_params(said):
    """The same, from the metadata."""
    params = {}
    for key, text in said.items():
        if not key.startswith("param."):
            continue
        kind, *clauses = text.split(", ")
        low, high, low_open, high_open = "-inf", "inf", True, True
        for clause in clauses[:-1]:
            words, number = clause.rsplit(" ", 1)
            if words in ("greater than", "at least"):
                low, low_open = number, words == "greater than"
            else:
                high, high_open = number, words == "less than"
        default = re.fullmatch("default (.*)", clauses[-1]).group(1)
        params[key[6:]] = ({"real": "real", "integer": "int"}[kind],
                           float(default), float(low), float(high), low_open,
                           high_open)
    return params


def param_faults(pdec, script, model, said):
    mine, theirs = program_params(pdec, script), told_params(said)
    inputs = {info.name for info in model.graph.input}
    defaults = {tensor.name: onnx.numpy_helper.to_array(tensor).item()
                for tensor in model.graph.initializer if tensor.name in inputs}
    for name, known in theirs.items():
        # Bounds at infinity are none, open or not.
        closed = [bound for bound in zip(known[2:4], known[4:])
                  if abs(bound[0]) != float("inf")]
        expected = [bound for bound in zip(mine[name][2:4], mine[name][4:])
                    if abs(bound[0]) != float("inf")]
        if known[:2] != mine[name][:2] or closed != expected:
            yield "%s is %s, not %s" % (name, known, mine[name])
        if name not in inputs or defaults[name] != mine[name][1]:
            yield "the model does not take %s" % name
    for name in set(mine) & inputs - set(theirs):
        yield "the metadata do not tell %s" % name


def least_faults(about, said):
    for name, (axes, _, rest) in about.grids.items():
        leasts = re.search(r"at least ([\dx ]+)", rest).group(1).split(" x ")
        for axis, least in zip(axes, leasts):
            told = said.get("least_size.%s.%s" % (name, axis), "1")
            if told != least:
                yield "%s.%s is at least %s, not %s" % (name, axis, told,
                                                        least)


def rule_faults(pdec, script, about, said):
    """Sizes that can be halved: what is said of one that cannot."""
    for name, (axes, _, _) in about.grids.items():
        for size in (100, 101):
            done = subprocess.run(
                [pdec, script, "--emit", "onnx", "-o", os.devnull, "--size",
                 "%s=%d" % (name, size)], capture_output=True, text=True,
                timeout=600)
            found = re.search(r"along (\w+), but its hierarchy of \d+ levels "
                              r"needs (.*?): ", done.stderr)
            if found and said.get("size_rule.%s.%s" % (
                    name, found.group(1))) != found.group(2):
                yield "no rule %s" % found.group(2)
            if found:
                break
        else:
            for axis in axes:
                if "size_rule.%s.%s" % (name, axis) in said:
                    yield "a rule for %s.%s" % (name, axis)


def head_faults(script, profile, said):
    with open(script, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    expected = {"script": os.path.basename(script), "script_sha256": digest,
                "profile": profile, "precision": PRECISION[profile]}
    for key, value in expected.items():
        if said.get(key) != value:
            yield "%s is %r, not %r" % (key, said.get(key), value)


def place_faults(script, library, model):
    """Nodes come from lines that are there."""
    lines = {}
    for graph in models.graphs(model.graph):
        for place in {node.doc_string for node in graph.node} - {""}:
            name, line, column = place.rsplit(":", 2)
            if name not in lines:
                folder = (os.path.dirname(script) if name ==
                          os.path.basename(script) else library)
                with open(os.path.join(folder, name),
                          encoding="utf-8") as file:
                    lines[name] = file.read().splitlines()
            if not (0 < int(line) <= len(lines[name]) and
                    0 < int(column) <= len(lines[name][int(line) - 1])):
                yield "no place " + place


def unused(model):
    """Initializers and results that nothing reads."""
    read = {output.name for graph in models.graphs(model.graph)
            for output in graph.output}
    read |= {name for graph in models.graphs(model.graph)
             for node in graph.node for name in node.input}
    inputs = {info.name for info in model.graph.input}
    for tensor in model.graph.initializer:
        if tensor.name not in read | inputs:
            yield "nothing reads " + tensor.name
    for graph in models.graphs(model.graph):
        for node in graph.node:
            if not read & set(node.output):
                yield "nothing reads %s" % node.name


def run_faults(pdec, script, profile, about, runtime):
    """With few steps; inputs as large as the script's grids."""
    options = fixing(about)
    if "n" in about.params:
        options += ["--set", "n=2"]
    model = models.export(pdec, script, "--profile", profile, *options)
    results = models.run(runtime, model, models.random_fields(model),
                         [output.name for output in model.graph.output])
    for name, array in results.items():
        if not array.size:
            yield "no result " + name


def faults(pdec, script, profile, library, runtime):
    model = models.export(pdec, script, "--profile", profile)
    onnx.checker.check_model(model, full_check=True)
    onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
    said, about = models.metadata(model), models.Help(pdec, script)
    yield from head_faults(script, profile, said)
    yield from param_faults(pdec, script, model, said)
    yield from least_faults(about, said)
    if profile == "conv":
        yield from rule_faults(pdec, script, about, said)
    yield from place_faults(script, library, model)
    yield from unused(model)
    if runtime:
        # Loads as it is, too.
        models.load(runtime, model)
        yield from run_faults(pdec, script, profile, about, runtime)


def main(pdec, folder, library, *runtime):
    scripts, failed = models.examples(folder), 0
    runtime = runtime if len(runtime) == 2 else ()
    for script in scripts:
        for profile in models.PROFILES:
            for fault in faults(pdec, script, profile, library, runtime):
                print("%s, %s: %s" % (script, profile, fault))
                failed += 1
    print("%d models, %d faults" % (len(scripts)*len(models.PROFILES), failed))
    return 1 if failed or not scripts else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
