#!/usr/bin/env python3
"""The steady flow of examples/cavity.pde against a table of Ghia, Ghia and Shin
(1982), on 129 x 129 points: u along the vertical centreline at Re = 100. The
error falls with the square of the spacing: .0065 on 32 x 32 cells, .0025 on
64 x 64.

usage: cavity.py path/to/pdec path/to/cavity.pde CELLS
"""

import sys

import numpy as np

sys.dont_write_bytecode = True
from programs import Workshop

TABLE = np.array([
    (0.9766, 0.84123), (0.9688, 0.78871), (0.9609, 0.73722), (0.9531, 0.68717),
    (0.8516, 0.23151), (0.7344, 0.00332), (0.6172, -0.13641),
    (0.5000, -0.20581), (0.4531, -0.21090), (0.2813, -0.15662),
    (0.1719, -0.10150), (0.1016, -0.06434), (0.0703, -0.04775),
    (0.0625, -0.04192), (0.0547, -0.03717)])


def main():
    workshop = Workshop(sys.argv[1])
    size = int(sys.argv[3])
    tau, bound = 0.32/size, 20.48/size**2
    program = workshop.compile(sys.argv[2])

    def flow(time):
        return program.run({}, ["u", "v"], {"tau": tau, "n": round(time/tau)},
                           size="%dx%d" % (size, size))

    found, before = flow(16), flow(15)
    u = found["u"]
    workshop.check("steady", np.max(np.abs(u - before["u"])) < 1e-3,
                   np.max(np.abs(u - before["u"])))
    # The centreline is a line of faces; cells lie half a cell off the walls.
    centre = u[size//2 - 1]
    y = (np.arange(size) + 0.5)/size
    profile = np.interp(TABLE[:, 0], [0, *y, 1], [0, *centre, 1])
    error = np.max(np.abs(profile - TABLE[:, 1]))
    workshop.check("Ghia's table", error < bound, error)
    workshop.check("the walls are tight", not u[-1].any() and
                   not found["v"][:, -1].any())
    inflow = np.diff(np.pad(u, ((1, 0), (0, 0))), axis=0)
    inflow += np.diff(np.pad(found["v"], ((0, 0), (1, 0))), axis=1)
    workshop.check("no sources", np.max(np.abs(inflow)) < 1e-7,
                   np.max(np.abs(inflow)))
    print("error %.4f" % error)
    return workshop.finish()


sys.exit(main())
