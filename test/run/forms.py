"""What both forms of an example, or of a script of Inputs, compute alike."""

import os

from programs import Workshop, same_bits


class Forms:
    def __init__(self, pdec, examples):
        self.workshop = Workshop(os.path.abspath(pdec))
        self.folders = examples, os.path.join(os.path.dirname(__file__),
                                              "Inputs")
        self.finish = self.workshop.finish

    def path(self, name):
        return next(path for path in (os.path.join(folder, name + ".pde")
                                      for folder in self.folders)
                    if os.path.exists(path))

    def results(self, name, *outputs, inputs=None, params=None, size=None):
        """Outputs and records, in the order of their names here."""
        found = [self.workshop.in_memory(self.path(name), "--as", form).run(
            inputs or {}, outputs, params, size)
            for form in ("kernel", "network")]
        for output in outputs:
            self.workshop.check("%s: %s in both forms" % (name, output),
                                same_bits(found[0][output], found[1][output]))
        return [found[0][output] for output in outputs]

    def made(self, text):
        """What a script of one output r makes: data that others start from."""
        script = self.workshop.write("made.pde", text)
        return self.workshop.in_memory(script).run({}, ["r"])["r"]

    def check(self, title, holds, seen=""):
        self.workshop.check(title, holds, seen)

    def check_below(self, title, error, bound):
        print("%-40s %.3g" % (title, error))
        self.check(title, error <= bound, "%g > %g" % (error, bound))
