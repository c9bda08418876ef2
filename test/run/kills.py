#!/usr/bin/env python3
"""Sends signals to the compiler and to its programs at random moments: all
target files are the old ones or all are the new ones, and nothing else is left;
after SIGKILL, each is whole.

usage: kills.py path/to/pdec [moments], 20 in each case without a number;
with more, the compiler of a thousand outputs is killed, too, and it takes half
an hour
"""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time

sys.dont_write_bytecode = True
from programs import Workshop

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT,
           signal.SIGXCPU, signal.SIGKILL)


def script(outputs):
    lines = ["grid X : 1d, size 2000", "param n = 200", "input f on X = x",
             "evolve u from f by u -> u + 0.1*laplace(u) for n steps"]
    lines += ["let u%d = %d*u\noutput u%d" % (i, i + 1, i)
              for i in range(outputs)]
    return "\n".join(lines) + "\n"


def content(path):
    with open(path, "rb") as file:
        return file.read()


class Victim:
    """A command that writes targets in a folder of its own, and how long it
    takes."""

    def __init__(self, workshop, name, command):
        self.workshop, self.name, self.command = workshop, name, command
        self.folder = workshop.path(name.replace(" ", "-"))
        os.mkdir(self.folder)
        # For temporary files, which are litter in the end, too.
        self.environment = dict(os.environ, TMPDIR=self.folder)
        start = time.monotonic()
        ran = self.start()
        workshop.check(name + " ends", ran.wait() == 0)
        self.seconds = time.monotonic() - start
        self.new = self.files()
        self.old = {path: b"old" for path in self.new}
        self.interrupted = 0

    def start(self):
        return subprocess.Popen(
            self.command, cwd=self.folder, env=self.environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def files(self):
        return {path: content(os.path.join(self.folder, path))
                for path in os.listdir(self.folder)}

    def reset(self):
        for path in os.listdir(self.folder):
            os.remove(os.path.join(self.folder, path))
        for path in self.old:
            with open(os.path.join(self.folder, path), "wb") as file:
                file.write(b"old")

    def send(self, number, moment):
        self.reset()
        ran = self.start()
        time.sleep(moment)
        ran.send_signal(number)
        code = ran.wait()
        self.interrupted += code == -number
        title = "%s, %s after %.4f s" % (self.name, number.name, moment)
        self.workshop.check(title + ": end", code in (-number, 0), code)
        found = self.files()
        if number == signal.SIGKILL:
            holds = all(found.get(path) in (b"old", new)
                        for path, new in self.new.items())
        else:
            holds = found in (self.old, self.new)
        kinds = ["%s %s" % (path, "new" if data == self.new.get(path) else
                            "old" if data == b"old" else "other")
                 for path, data in found.items()]
        self.workshop.check(title + ": files", holds, kinds[:20])


def victims(workshop, moments):
    for outputs in (1, 3, 1000):
        path = workshop.write("s%d.pde" % outputs, script(outputs))
        # A thousand outputs take seconds to compile.
        if outputs < 1000 or moments > 20:
            yield Victim(workshop, "pdec of %d" % outputs,
                         [workshop.pdec, path, "-o", "prog"])
        program = workshop.compile(path, "-O", "0").command
        yield Victim(workshop, "program of %d" % outputs,
                     program + ["--output", "./", "--threads", "2"])
    yield Victim(workshop, "library", [workshop.pdec, workshop.path("s3.pde"),
                                       "--emit", "lib", "-o", "s.so"])


def main():
    # Signals that dump core need not.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    workshop = Workshop(os.path.abspath(sys.argv[1]))
    moments = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    chance = random.Random(7)
    for victim in victims(workshop, moments):
        for i in range(moments):
            victim.send(SIGNALS[i % len(SIGNALS)],
                        chance.uniform(0, 1.1 * victim.seconds))
        print("%s: %.3f s, %d of %d interrupted" % (
            victim.name, victim.seconds, victim.interrupted, moments))
        shutil.rmtree(victim.folder)
    return workshop.finish()


sys.exit(main())
