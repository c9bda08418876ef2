"""Large scripts: many operators one after the other, many outputs, systems of
many fields, deep hierarchies."""

SIZES = {1: "1000", 2: "[64, 64]", 3: "[32, 32, 32]"}


def chain(operators, rank=1, weight="0.3"):
    """Each operator is applied to what the one before has made."""
    lines = ["grid X : %dd, boundary dirichlet 0, size %s" % (rank, SIZES[rank]),
             "input f on X = x", "let K = %s*laplace" % weight]
    names = ["f"] + ["u%d" % i for i in range(operators)]
    lines += ["let %s = K(%s)" % pair for pair in zip(names[1:], names)]
    return "\n".join(lines + ["output r = " + names[-1], ""])


def outputs(count):
    """Outputs that differ in a constant."""
    return ("grid X : 1d, boundary reflecting, size 1000\n"
            "input f on X = x^2\n"
            "output " + ", ".join("o%d = f + %d*laplace(f)" % (i, i)
                                  for i in range(count)) + "\n")


def system(fields):
    """A ring of fields, each driven by the next."""
    names = ["u%d" % i for i in range(fields)]
    steps = ["%s + 0.1*laplace(%s) + 0.01*%s" % (own, own, other)
             for own, other in zip(names, names[1:] + names[:1])]
    return ("grid X : 1d, boundary reflecting, size 1000\n"
            "input f on X = x^2\n"
            "evolve %s from %s\n    by (%s) -> [%s] for 10 steps\noutput %s\n" %
            (", ".join(names),
             ", ".join("%d*f" % (i + 1) for i in range(fields)),
             ", ".join(names), ", ".join(steps), ", ".join(names)))


def levels(count):
    """A V-cycle on so many grids."""
    return ("grid X : 1d, boundary reflecting, size %d\n"
            "input f on X = 0\n"
            "fun A(u) = u - laplace(u)\n"
            "solve A(u) = f by v_cycle(2, 1, levels = %d)\n"
            "    until residual < 1e-8, at most 10 else accept\n"
            "output u\n" % (2**count, count))
