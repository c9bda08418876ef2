"""How lit runs the tests. scripts/check starts it; one test by hand:
    python3 $(llvm-config-19 --prefix)/build/utils/lit/lit.py -v test/docs
"""

import importlib.util
import os
import shutil
import sys

import lit.formats

root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
build = os.path.join(root, "build")
llvm = "/usr/lib/llvm-19/bin"

config.name = "pdec"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".pde", ".mlir", ".test", ".md"]
config.excludes = ["Inputs", "README.md", "lit.cfg.py"]
config.test_source_root = os.path.join(root, "test")
config.test_exec_root = os.path.join(build, "test")

# pdec, pde-opt and the programs of test/ first, then FileCheck, not and the
# tools of MLIR.
programs = [os.path.join(build, "bin"), llvm]
config.environment["PATH"] = os.pathsep.join(
    programs + [config.environment["PATH"]])
# Messages are compared as a terminal without colours would show them.
config.environment["NO_COLOR"] = "1"

onnxruntime = os.path.join(build, "node/node_modules/onnxruntime-node")
if os.path.isdir(onnxruntime):
    config.available_features.add("onnxruntime")
else:
    onnxruntime = ""  # tests that can do without run the rest
# What test/editors colours scripts with, as VS Code does.
textmate = os.path.join(build, "node/node_modules")
if os.path.isdir(os.path.join(textmate, "vscode-textmate")):
    config.available_features.add("textmate")
if shutil.which("vim"):
    config.available_features.add("vim")
# What test/python installs the package with.
if all(importlib.util.find_spec(name)
       for name in ("pip", "setuptools", "wheel", "venv")):
    config.available_features.add("pip")
# A browser looks at pages where there is one; texts are checked anyway.
chromium = shutil.which("chromium") or ""
if chromium:
    config.available_features.add("chromium")
# An ONNX model from standard input as text.
onnx_text = ("protoc --decode=onnx.ModelProto -I /usr/include/onnx "
             "/usr/include/onnx/onnx.proto")

config.substitutions += [
    ("%pdec", os.path.join(build, "bin", "pdec")),
    ("%pde-opt", os.path.join(build, "bin", "pde-opt")),
    ("%runtime-demo", os.path.join(build, "bin", "runtime-demo")),
    ("%python", sys.executable),
    ("%onnx-text", onnx_text),
    ("%onnxruntime", onnxruntime),
    ("%textmate", textmate),
    ("%run-onnx", os.path.join(build, "share/pdec/run-onnx.mjs")),
    ("%chromium", chromium),
    ("%root", root),
]
