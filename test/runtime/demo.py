"""What the scripts that run runtime-demo share: files in NumPy's format made
without NumPy, and a tally of checks."""

import os
import shutil
import struct
import subprocess
import sys
import tempfile


def npy(values, dtype="<f8", shape=None, fortran="False", version=1,
        header=None):
    """The bytes of an .npy file; `dtype` names the struct code too."""
    codes = {"f4": "f", "f8": "d", "i4": "i", "i8": "q", "u1": "B", "f2": "e"}
    code = codes.get(dtype[1:], "d")
    order = ">" if dtype[0] == ">" else "<"
    if shape is None:
        shape = "(%d,)" % len(values)
    if header is None:
        header = "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }" % (
            dtype, fortran, shape)
    text = header.encode() + b"\n"
    length = struct.pack("<H" if version == 1 else "<I", len(text))
    data = struct.pack("%s%d%s" % (order, len(values), code), *values)
    return b"\x93NUMPY" + bytes([version, 0]) + length + text + data


def read_npy(path):
    """The values of a little-endian .npy file of format 1.0, as a list."""
    with open(path, "rb") as file:
        raw = file.read()
    assert raw[:8] == b"\x93NUMPY\x01\x00", raw[:8]
    start = 10 + struct.unpack("<H", raw[8:10])[0]
    assert start % 64 == 0, start
    code, size = ("f", 4) if b"'<f4'" in raw[:start] else ("d", 8)
    count = (len(raw) - start) // size
    return list(struct.unpack("<%d%s" % (count, code), raw[start:]))


class Tally:
    """Runs a program in a folder of its own and counts what holds."""

    def __init__(self, program):
        # A copy under a plain name: messages start with it.
        self.folder = tempfile.mkdtemp(prefix="runtime-")
        os.chmod(self.folder, 0o777)
        self.program = os.path.join(self.folder, "demo")
        shutil.copy(program, self.program)
        self.passed = self.failed = 0

    def put(self, name, content):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(content.encode() if isinstance(content, str)
                       else content)
        os.chmod(path, 0o644)

    def path(self, name):
        return os.path.join(self.folder, name)

    def run(self, *arguments, demo="heat", before=None, **more):
        environment = dict(os.environ, RUNTIME_DEMO=demo)
        return subprocess.run([self.program, *arguments], cwd=self.folder,
                              env=environment, capture_output=True, text=True,
                              preexec_fn=before, timeout=60, **more)

    def leftovers(self):
        return [name for name in os.listdir(self.folder)
                if name.startswith(".pde") or name.startswith("out")]

    def refuse(self, title, arguments, message, code=1, demo="heat",
               before=None):
        """The program must end with exactly this message and leave nothing."""
        present = set(os.listdir(self.folder))
        result = self.run(*arguments.split(), demo=demo, before=before)
        expected = "demo: error: " + message + "\n"
        left = set(os.listdir(self.folder)) - present
        holds = (result.returncode == code and result.stderr == expected
                 and result.stdout == "" and not left)
        self.check(title, holds, " exit %d, left %s\n seen     %r\n expected %r"
                   % (result.returncode, left, result.stderr, expected))

    def check(self, title, holds, seen=""):
        if holds:
            self.passed += 1
            return
        self.failed += 1
        print("FAILED: %s\n%s" % (title, seen))

    def finish(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        print("%d passed, %d failed" % (self.passed, self.failed))
        sys.exit(1 if self.failed else 0)
