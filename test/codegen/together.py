#!/usr/bin/env python3
"""Twenty libraries, and twenty objects, in one process: linked in random
orders, preloaded, opened for all to see, beside a host that has functions of
the same names as theirs. Each gives the bits that its script gives alone.

usage: together.py path/to/pdec path/to/examples [ORDERS]
"""

import ctypes
import glob
import os
import random
import re
import subprocess
import sys

import numpy as np

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                os.pardir, "run"))
from programs import Workshop  # noqa: E402

COUNT = 20
STEPS = 2  # of scripts that have a number of steps n

# What a host may have, too: names of generated code and, but for objects, which
# share the runtime with their host, of the runtime.
HOST_OF_OBJECTS = """#include <stdio.h>
#include <stdlib.h>
#include <string.h>
double sweep0(double x) { abort(); }
double run(double x) { abort(); }
"""
HOST = HOST_OF_OBJECTS + """void pde_free(void *p) { abort(); }
void *pde_alloc(void *p, long n) { abort(); }
void pde_parallel(void *p) { abort(); }
double pde_reduce(void *p) { abort(); }
"""
CALL = """static int call_%(name)s(void) {
  %(name)s_params p = %(name)s_defaults();
  pde_value values[%(room)d];
  pde_call call;
  char message[500] = "";
  void *outputs[] = {%(outputs)s};
  memset(&call, 0, sizeof call);
  (void)p;
  %(values)s
  call.size = sizeof call;
  call.params = values;
  call.outputs = outputs;
  call.threads = 2;
  if (%(name)s_execute(&call, message, sizeof message)) {
    printf("%(name)s: %%s\\n", message);
    return 1;
  }
  %(write)s
  return 0;
}
"""
WRITE = """{ FILE *f = fopen("%s", "wb");
    fwrite(outputs[%d], 1, %d, f);
    fclose(f); }"""


class Example:
    """A script as a library and as an object, and what it gives alone."""

    def __init__(self, workshop, path):
        self.workshop = workshop
        self.name = os.path.splitext(os.path.basename(path))[0]
        for kind, ending in (("lib", ".so"), ("obj", ".o")):
            subprocess.run([workshop.pdec, path, "--emit", kind, "-o",
                            workshop.path(self.name + ending)], check=True)
        with open(workshop.path(self.name + ".h")) as file:
            self.header = file.read()
        fields = re.search(r"struct \w+_params {(.*?)}", self.header,
                           re.DOTALL).group(1)
        self.params = re.findall(r"(double|int64_t) (\w+);", fields)
        self.outputs = list(dict.fromkeys(re.findall(r"\*out_(\w+)",
                                                     self.header)))
        self.steps = [name for _, name in self.params if name == "n"]
        settings = {name: STEPS for name in self.steps}
        self.truth = workshop.in_memory(path).run({}, self.outputs, settings)

    def call(self):
        values = ["p.n = %d;" % STEPS] if self.steps else []
        for i, (kind, name) in enumerate(self.params):
            values.append("values[%d].%s = p.%s;" % (
                i, "real" if kind == "double" else "integer", name))
        sizes = [self.truth[name].nbytes for name in self.outputs]
        return CALL % {
            "name": self.name, "room": len(self.params) + 1,
            "outputs": ", ".join("malloc(%d)" % size for size in sizes),
            "values": "\n  ".join(values),
            "write": "\n  ".join(
                WRITE % (self.result(name), i, size) for i, (name, size) in
                enumerate(zip(self.outputs, sizes)))}

    def result(self, output):
        return self.workshop.path("%s.%s.bin" % (self.name, output))

    def check(self, how):
        for name in self.outputs:
            path = self.result(name)
            found = b""
            if os.path.exists(path):
                with open(path, "rb") as file:
                    found = file.read()
                os.remove(path)
            self.workshop.check("%s, %s: %s" % (how, self.name, name),
                                found == self.truth[name].tobytes())


def host(workshop, examples, beginning):
    text = beginning + "".join('#include "%s.h"\n' % e.name for e in examples)
    text += "".join(e.call() for e in examples) + "int main(void) { return "
    text += " | ".join("call_%s()" % e.name for e in examples) + "; }\n"
    return workshop.write("host.c", text)


def run(workshop, examples, how, command, preloaded=()):
    environment = dict(os.environ)
    if preloaded:
        environment["LD_PRELOAD"] = ":".join(preloaded)
    done = subprocess.run(command, env=environment, capture_output=True,
                          text=True)
    workshop.check(how, done.returncode == 0, done.stdout + done.stderr)
    for example in examples:
        example.check(how)


def check_linked(workshop, examples, orders):
    program = workshop.path("host")
    for order in range(orders):
        shuffled = random.Random(order).sample(examples, len(examples))
        libraries = [workshop.path(e.name + ".so") for e in shuffled]
        source = host(workshop, shuffled[::-1], HOST)
        subprocess.run(["cc", "-w", source, *libraries, "-o", program],
                       check=True)
        run(workshop, examples, "order %d" % order, [program])
    run(workshop, examples, "preloaded", [program], libraries[::-1])


def check_objects(workshop, examples):
    runtime = os.path.join(os.path.dirname(workshop.pdec), os.pardir, "lib",
                           "libpde_runtime.a")
    program = workshop.path("host")
    for objects in (examples, examples[::-1]):
        source = host(workshop, examples, HOST_OF_OBJECTS)
        compiled = workshop.path("host.o")
        subprocess.run(["cc", "-w", "-c", source, "-o", compiled], check=True)
        subprocess.run(
            ["c++", compiled, *(workshop.path(e.name + ".o") for e in objects),
             runtime, "-lpng", "-lz", "-lpthread", "-o", program], check=True)
        run(workshop, examples, "objects", [program])


def check_opened(workshop, examples):
    """All of them, for all to see, before the first is called."""
    script = """import ctypes, sys
libraries = [ctypes.CDLL(path, ctypes.RTLD_GLOBAL) for path in sys.argv[2:]]
host = ctypes.CDLL(sys.argv[1])
sys.exit(host.main())
"""
    libraries = [workshop.path(e.name + ".so") for e in examples]
    source = host(workshop, examples, HOST)
    shared = workshop.path("host.so")
    subprocess.run(["cc", "-w", "-shared", "-fPIC", source, "-o", shared],
                   check=True)
    run(workshop, examples, "opened", [sys.executable, "-c", script, shared,
                                       *libraries])


class Program(ctypes.Structure):
    """The beginning of a pde_program."""
    _fields_ = [("name", ctypes.c_char_p), ("source", ctypes.c_char_p)]


def check_interface(workshop, examples):
    for example in examples:
        library = ctypes.CDLL(workshop.path(example.name + ".so"))
        library.pde_get_program.restype = ctypes.POINTER(Program)
        workshop.check("version", library.pde_abi_version() == 5)
        source = library.pde_get_program().contents.source.decode()
        workshop.check("pde_get_program", source == example.name + ".pde",
                       source)


def main():
    workshop = Workshop(os.path.abspath(sys.argv[1]))
    orders = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    paths = sorted(glob.glob(os.path.join(sys.argv[2], "*.pde")))[:COUNT]
    examples = [Example(workshop, path) for path in paths]
    check_linked(workshop, examples, orders)
    check_objects(workshop, examples)
    check_opened(workshop, examples)
    check_interface(workshop, examples)
    return workshop.finish()


sys.exit(main())
