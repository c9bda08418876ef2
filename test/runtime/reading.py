"""What runtime-demo makes of input files, as NumPy arrays or messages."""

import numpy as np


class Reader:
    """Reads files as inputs on a grid of rank 1 (in f64) or 2 (in f32)."""

    def __init__(self, tally):
        self.tally = tally

    def read(self, rank, name, data):
        """The array that the program reads, or its message."""
        self.tally.put(name, data)
        demo, port = (("heat", "f"), ("copy", "a"))[rank - 1]
        more = ["--set", "steps=0"] if rank == 1 else []
        output = ("u" if rank == 1 else "c") + "=out.npy"
        result = self.tally.run("--input", port + "=" + name, "--output",
                                output, "--quiet", *more, demo=demo)
        start = "demo: error: cannot read input '%s' from '%s': " % (port, name)
        if result.returncode == 0 and not result.stderr:
            return np.load(self.tally.path("out.npy"))
        if (result.returncode == 1 and result.stderr.startswith(start)
                and result.stderr.count("\n") == 1):
            return result.stderr[len(start):-1]
        return "exit %d: %s" % (result.returncode, result.stderr)

    def expect(self, title, rank, name, data, array):
        """The file must be read as `array`, to the last bit."""
        seen = self.read(rank, name, data)
        array = np.asarray(array).astype("f8" if rank == 1 else "f4")
        self.tally.check("%s, rank %d" % (title, rank),
                         not isinstance(seen, str)
                         and seen.dtype == array.dtype
                         and seen.shape == array.shape
                         and (seen == array).all(),
                         " %r\n seen     %s\n expected %s"
                         % (data[:200], str(seen)[:200], str(array)[:200]))

    def refuse(self, title, rank, name, data, *parts):
        """The file must be refused with all of `parts` in the message."""
        seen = self.read(rank, name, data)
        self.tally.check("%s, rank %d" % (title, rank), isinstance(seen, str)
                         and all(part in seen for part in parts),
                         " %r\n seen     %s\n expected %s"
                         % (data[:200], seen, parts))
