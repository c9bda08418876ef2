"""Models of scripts, what they say of themselves, and runs of them in ONNX
Runtime."""

import json
import os
import re
import subprocess
import tempfile

import numpy as np
import onnx
import onnx.numpy_helper

PROFILES = ("conv", "slice")
ELEMENTS = {onnx.TensorProto.FLOAT: ("float32", np.float32),
            onnx.TensorProto.DOUBLE: ("float64", np.float64),
            onnx.TensorProto.INT64: ("int64", np.int64),
            onnx.TensorProto.BOOL: ("bool", np.bool_)}


def examples(folder):
    """But for those that record: models have outputs only."""
    scripts = [os.path.join(folder, name) for name in sorted(os.listdir(folder))
               if name.endswith(".pde")]
    return [script for script in scripts if not records(script)]


def records(script):
    with open(script, encoding="utf-8") as file:
        return re.search(r"^ +record ", file.read(), re.M)


def told(*command, cwd=None):
    """What a command prints; it has to succeed."""
    done = subprocess.run(command, capture_output=True, text=True, cwd=cwd,
                          timeout=600)
    if done.returncode != 0:
        raise RuntimeError("%s: exit code %d\n%s" % (
            " ".join(command), done.returncode, done.stderr))
    return done.stdout


def export(pdec, script, *options):
    """The model, as the file has it."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "model.onnx")
        told(pdec, script, "--emit", "onnx", "-o", path, *options)
        return onnx.load(path)


class Help:
    """What a compiled program says of itself."""

    def __init__(self, pdec, script):
        text = told(pdec, "run", script, "--help")
        sections = re.split(r"^(\w+)$", text, flags=re.M)
        parts = dict(zip(sections[1::2], sections[2::2]))
        self.params = {}  # by name: kind, default, limits
        for name, kind, default, limits in re.findall(
                r"^  (\w+) +(real|int) +default (\S+)(?: +must be (.*))?$",
                parts.get("parameters", ""), re.M):
            self.params[name] = kind, default, limits
        self.grids = {}  # by name: axes, default sizes, what it asks for
        for name, axes, sizes, rest in re.findall(
                r"^  (\w+) +\((.*?)\) +(?:default ([\dx ]+) cells?)?(.*)$",
                parts.get("grids", ""), re.M):
            self.grids[name] = axes.split(", "), [
                int(size) for size in sizes.split(" x ") if size], rest


def metadata(model):
    return {entry.key: entry.value for entry in model.metadata_props}


def graphs(graph):
    """A graph and all that are in it."""
    yield graph
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.HasField("g"):
                yield from graphs(attribute.g)


def shape_of(info):
    return [dim.dim_value for dim in info.type.tensor_type.shape.dim]


def undetermined(model):
    """Values without a number for each dimension."""
    found = []
    for graph in graphs(model.graph):
        known = {info.name: shape_of(info) for infos in (
            graph.value_info, graph.input, graph.output) for info in infos
            if info.type.tensor_type.HasField("shape")}
        found += [output for node in graph.node for output in node.output
                  if 0 in known.get(output, [0])]
    return found


def start(runtime, folder, model, runs):
    """Gives a model in a folder to ONNX Runtime, which leaves nothing where it
    ran."""
    onnxruntime, script = runtime
    job, work = os.path.join(folder, "job.json"), os.path.join(folder, "work")
    path = os.path.join(folder, "model.onnx")
    onnx.save(model, path)
    with open(job, "w", encoding="utf-8") as file:
        json.dump({"module": onnxruntime, "model": path, "runs": runs}, file)
    os.mkdir(work)
    told("node", script, job, cwd=work)
    if os.listdir(work):
        raise RuntimeError("ONNX Runtime left %s" % os.listdir(work))


def load(runtime, model):
    with tempfile.TemporaryDirectory() as folder:
        start(runtime, folder, model, [])


def run(runtime, model, feeds, outputs):
    """Arrays by name."""
    types = {info.name: ELEMENTS[info.type.tensor_type.elem_type]
             for info in list(model.graph.input) + list(model.graph.output)}
    with tempfile.TemporaryDirectory() as folder:
        files = {name: os.path.join(folder, name) for name in types}
        for name, array in feeds.items():
            array.tofile(files[name] + ".in")
        start(runtime, folder, model, [{
            "feeds": [{"name": name, "type": types[name][0],
                       "dims": array.shape, "file": files[name] + ".in"}
                      for name, array in feeds.items()],
            "outputs": [{"name": name, "file": files[name] + ".out"}
                        for name in outputs]}])
        return {name: np.fromfile(files[name] + ".out", types[name][1])
                for name in outputs}


def random_fields(model):
    """Values in [0, 1) for the inputs without defaults, whose sizes are
    fixed."""
    numbers = np.random.default_rng(1)
    defaults = {tensor.name for tensor in model.graph.initializer}
    return {info.name: numbers.random(shape_of(info)).astype(
        ELEMENTS[info.type.tensor_type.elem_type][1])
        for info in model.graph.input if info.name not in defaults}


def run_program(pdec, script, fields, outputs, *options):
    """The same by `pdec run`."""
    with tempfile.TemporaryDirectory() as folder:
        words = []
        for name, array in fields.items():
            path = os.path.join(folder, name + ".in.npy")
            np.save(path, array)
            words += ["--input", "%s=%s" % (name, path)]
        for name in outputs:
            words += ["--output", "%s=%s" % (
                name, os.path.join(folder, name + ".out.npy"))]
        told(pdec, "run", script, *words, *options)
        return {name: np.load(os.path.join(folder, name + ".out.npy"))
                for name in outputs}
