#!/usr/bin/env python3
"""Functions and powers in compiled scripts against MPFR: their errors in units in
the last place, that all forms, processors and places in a vector have the same
bits, also constants, and that no program calls the mathematics library.

usage: accuracy.py path/to/pdec path/to/ulps [--every FUNCTION...]

The latter tries all numbers in single precision, against the C library in double
precision; it takes some minutes a function.
"""

import re
import subprocess
import sys

import numpy as np

sys.dont_write_bytecode = True
from comparison import HERE, Workshop  # noqa: F401, finds same_bits
from programs import same_bits

# Largest errors in units in the last place, as docs/language.md promises them.
BOUNDS = {"exp": 1, "log": 1, "sin": 1, "cos": 1, "rsqrt": 1, "sqrt": 0.5,
          "tan": 2, "atan": 2, "tanh": 2, "pow": 2}
# Of the library, whose functions are made of these.
OF_LIBRARY = {"cbrt": 1, "asin": 2, "acos": 2, "sinh": 2, "cosh": 2, "erf": 2}
EXPRESSIONS = {"rsqrt": "1/sqrt(a)", "pow": "a^b"}
TYPES = {"f64": np.float64, "f32": np.float32}
# Vectors of 16 bytes without fma, of 32 and of 64.
PROCESSORS = {"x86-64-v2": {"sse4_2"},
              "x86-64-v3": {"avx2", "fma", "bmi2"},
              "x86-64-v4": {"avx512f", "avx512vl", "avx512dq", "avx512bw"}}
EXPONENTS = (0.3, -1.7, 1/3, 65.0)


def script(names=None):
    """Inputs and outputs are finite; quotients by 0 are not, and what is not is
    told by another output."""
    text = "grid X : 1d, boundary periodic\nparam p = 0.3\n"
    for name in "ab" if names is None else "a":
        text += "input %s_above on X\ninput %s_below on X\n" % (name, name)
        text += "let %s = %s_above/%s_below\n" % (name, name, name)
    for name in names or RESULTS:
        text += """let r_{0} = {1}
output {0} = if r_{0} - r_{0} == 0 then r_{0} else 0
output {0}_end = if r_{0} - r_{0} == 0 then 0
                 else if r_{0} > 0 then 1 else if r_{0} < 0 then -1 else 2
""".format(name, {**RESULTS, **MADE}[name])
    return text


def expression_of(name):
    return EXPRESSIONS.get(name, name + "(a)")


RESULTS = {name + "_a": expression_of(name) for name in BOUNDS}
MADE = {name + "_a": expression_of(name) for name in OF_LIBRARY}
RESULTS.update(("to_%d" % k, "a^(%r)" % exponent)
               for k, exponent in enumerate(EXPONENTS))
RESULTS["to_p"] = "a^p"


def runnable():
    """The processors of the list whose code this machine can execute."""
    with open("/proc/cpuinfo") as file:
        flags = set(re.search(r"flags\s*:(.*)", file.read()).group(1).split())
    return [name for name, needs in PROCESSORS.items() if needs <= flags]


#
# Arguments
#

def of_bits(bits, precision):
    """Numbers with these bits."""
    word = np.uint64 if precision == "f64" else np.uint32
    return np.asarray(bits).astype(word).view(TYPES[precision])


def half_pi(digits):
    """pi/2 * 2^digits, by Machin's formula."""
    unit = 1 << (digits + 64)

    def arctangent_of_inverse(n):
        total = term = unit//n
        k = 1
        while term:
            term //= -n*n
            k += 2
            total += term//k
        return total
    return 2*(4*arctangent_of_inverse(5) - arctangent_of_inverse(239)) >> 64


def next_to_multiples(digits, exponents):
    """m * 2^e of so many digits that are nearest to multiples of pi/2, for each
    e: m/k is a convergent of the continued fraction of pi/2 / 2^e."""
    scale = 2200
    pi = half_pi(scale)
    for e in exponents:
        above, below = (pi, 1 << (scale + e)) if e >= 0 else (
            pi << -e, 1 << scale)
        last, m = 0, 1
        while below and m < 1 << digits:
            quotient, rest = divmod(above, below)
            above, below = below, rest
            last, m = m, quotient*m + last
        if last:
            yield np.ldexp(float(last), e)


def near_multiples(numbers, precision):
    digits, end = (53, 971) if precision == "f64" else (24, 104)
    hard = np.array(list(next_to_multiples(digits, range(-digits, end))))
    random = np.ldexp(numbers.random(2000), numbers.integers(0, 40, 2000))
    return np.concatenate([hard, np.round(random)*(np.pi/2),
                           np.round(random)*(np.pi/4)])


def ends(precision):
    """Around the ends of ranges: of formats, of exp and tanh, of the reductions."""
    info = np.finfo(TYPES[precision])
    tiny = float(info.tiny)
    least = float(np.nextafter(TYPES[precision](0), TYPES[precision](1)))
    marks = [0, least, 3*least, tiny/3, tiny, 1e-290, 1e290, 1e-33, 1e33,
             float(info.max), np.inf, np.nan, 88.72284, 87.33655, 103.97208,
             709.782712893384, 708.3964185322641, 745.1332191019412, 18.7, 19.1,
             9.01, 20, 0.5, 2, 2**16, 2**28, 2**-27, 2**-12, 2.0**53, 2.0**0.5,
             0.5**0.5, np.log(2)/2, np.pi/4, 710.4758600739439, 700, 89.415985,
             80, 1, 3, 6]
    with np.errstate(over="ignore"):
        marks = np.array(marks).astype(TYPES[precision])
    steps = [marks]
    for direction in (np.inf, 0):
        step = marks
        for _ in range(3):
            with np.errstate(over="ignore"):
                step = np.nextafter(step, TYPES[precision](direction))
            steps.append(step)
    return np.concatenate(steps)


def arguments(precision):
    """Of both signs: random bits, all binades, next to 1 and to multiples of
    pi/2, usual sizes, ends."""
    numbers = np.random.default_rng(11)
    width = 64 if precision == "f64" else 32
    if precision == "f64":
        bits = numbers.integers(0, 2**63, 5000, dtype=np.uint64)
        binades = np.ldexp(1 + numbers.random(3*2098),
                           np.arange(3*2098) % 2098 - 1074)
    else:
        bits = np.arange(0, 2**(width - 1), 131071)
        binades = np.ldexp(1 + numbers.random(8*277),
                           np.arange(8*277) % 277 - 149)
    usual = [scale*numbers.random(1500) for scale in (1, 4, 25, 100, 800, 1e5)]
    one = 1 + np.ldexp(numbers.random(2000) - 0.5, -numbers.integers(0, 52, 2000))
    parts = [binades, one, near_multiples(numbers, precision)] + usual
    with np.errstate(over="ignore"):
        parts = [part.astype(TYPES[precision]) for part in parts]
    positive = np.concatenate([of_bits(bits, precision), ends(precision)] + parts)
    return np.concatenate([positive, -positive])


def exponents(bases):
    """With results all over the range, integers, halves, ends."""
    numbers = np.random.default_rng(12)
    size = len(bases)
    most = 745 if bases.dtype == np.float64 else 105
    with np.errstate(divide="ignore", invalid="ignore"):
        result = numbers.uniform(-most, most, size)/np.log(np.abs(bases))
    small = np.round(numbers.uniform(-80, 80, size))/2
    special = numbers.choice([0.0, -0.0, np.inf, -np.inf, np.nan, 1, -1, 0.5,
                              2**52 + 1, 2**53 + 2, 2**52 - 0.5, 1e300], size)
    which = numbers.integers(0, 8, size)
    result = np.where(np.isfinite(result), result, small)
    result = np.where(which == 0, special, np.where(which < 3, small, result))
    with np.errstate(over="ignore"):
        return result.astype(bases.dtype)


def quotients(name, values):
    """Inputs of `script`."""
    finite = np.isfinite(values)
    above = np.where(finite, values, np.where(
        np.isnan(values), 0, np.copysign(1, values)))
    return {name + "_above": above.astype(values.dtype),
            name + "_below": finite.astype(values.dtype)}


def results(program, a, b=None, names=RESULTS):
    inputs = quotients("a", a)
    if b is not None:
        inputs.update(quotients("b", b))
    found = program.run(inputs,
                        [name + end for name in names for end in ("", "_end")])
    ends = np.array([0, np.inf, np.nan, -np.inf], a.dtype)
    return {name: np.where(found[name + "_end"] == 0, found[name],
                           ends[found[name + "_end"].astype(int)])
            for name in names}


#
# Comparisons
#

class Measure:
    """The program `ulps`."""

    def __init__(self, workshop, program):
        self.workshop, self.program = workshop, program

    def write(self, name, values):
        values.tofile(self.workshop.path(name))
        return self.workshop.path(name)

    def check(self, title, name, precision, a, found, b=None):
        words = [self.program, name, precision, self.write("a.raw", a),
                 self.write("r.raw", found)]
        if name == "pow":
            words.append(self.write("b.raw", b.astype(float)))
        said = subprocess.run(words, check=True, capture_output=True,
                              text=True).stdout.split()
        worst, where, wrong = float(said[0]), int(said[1]), int(said[2])
        if "quick" not in precision:
            print("%-20s %s %8.4f at %r" % (title, precision, worst, a[where]))
        self.workshop.check(
            "%s, %s" % (title, precision),
            worst <= {**BOUNDS, **OF_LIBRARY}[name] and not wrong,
            "error %g of %r, %d are no numbers or should be" %
            (worst, found[where], wrong))
        return worst


def check_errors(measure, program, precision):
    """All arguments at once; the results."""
    a = arguments(precision)
    b = exponents(a)
    found = results(program, a, b)
    for name in BOUNDS:
        measure.check(name, name, precision, a, found[name + "_a"], b)
    # An exponent of a script is a double, whatever the base is.
    for k, exponent in enumerate(EXPONENTS):
        measure.check("power %.3g" % exponent, "pow", precision, a,
                      found["to_%d" % k], np.full(len(a), exponent))
    measure.check("power p", "pow", precision, a, found["to_p"],
                  np.full(len(a), 0.3))
    return a, b, found


def check_library(workshop, measure, precision):
    program = workshop.compile(script(MADE), "--precision", precision)
    a = arguments(precision)
    found = results(program, a, names=MADE)
    for name in OF_LIBRARY:
        measure.check(name, name, precision, a, found[name + "_a"])


def check_bits(workshop, title, program, a, b, found):
    """All at once, and rows of up to more than a vector: wherever a number
    stands, its results are the same."""
    places = np.random.default_rng(13).permutation(len(a))
    rows = [(0, len(a))] + [(100*size, size) for size in (
        range(1, 18) if "kernel" in title else (1, 7, 8, 17))]
    for start, size in rows:
        chosen = places[start:start + size]
        again = results(program, a[chosen], b[chosen])
        for name in RESULTS:
            workshop.check("%s, %d cells: %s" % (title, size, name),
                           same_bits(found[name][chosen], again[name]))


def output_of(*words):
    return subprocess.run(words, check=True, capture_output=True,
                          text=True).stdout


def symbols(*words):
    lines = output_of("llvm-nm", *words).splitlines()
    return {line.split()[-1].split("@")[0] for line in lines}


def check_calls(workshop, precision, processor, allowed):
    """What an object asks of the mathematics library."""
    path = workshop.path("calls.o")
    text = script() + "output f = floor(a) + abs(a) + min(a, b)\n"
    subprocess.run([workshop.pdec, workshop.write("calls.pde", text), "-O", "0",
                    "--precision", precision, "--march", processor, "--emit",
                    "obj", "-o", path], check=True)
    library = output_of("cc", "-print-file-name=libm.so.6").strip()
    called = symbols("-u", path) & symbols("-D", "--defined-only", library)
    workshop.check("%s, %s calls the library" % (precision, processor),
                   called <= allowed, str(called))


def with_values(expression, base, exponent):
    return re.sub(r"\b[ab]\b", lambda found: {"a": base, "b": exponent}[
        found.group()], expression)


def check_constants(workshop):
    """Of constants, of parameters and of the same numbers in a field. Many, since
    most results are rounded alike by whatever computes them."""
    bases = np.round(np.random.default_rng(14).uniform(0, 3, 16), 3)
    text = "grid X : 1d, boundary periodic\ninput a on X\ninput k on X\n"
    text += "param q = 2.3" + "".join(
        ", p%d = %r" % (k, float(base)) for k, base in enumerate(bases)) + "\n"
    # A quotient of numbers is one; that of a field is another.
    functions = [name for name in BOUNDS if name not in ("rsqrt", "sqrt")]
    for name in functions:
        def of(base, exponent):
            return with_values(expression_of(name), base, exponent)
        text += "output %s_field = %s\n" % (name, of("a", "(0*a + q)"))
        for kind, base, exponent in (("constant", "%r", "2.3"),
                                     ("param", "p%d", "q")):
            text += "output %s_%s = %s a\n" % (name, kind, " ".join(
                "if k == %d then %s else" % (k, of(
                    base % (float(bases[k]) if base == "%r" else k), exponent))
                for k in range(len(bases))))
    outputs = re.findall(r"output (\w+)", text)
    for form in ("kernel", "network"):
        found = workshop.compile(text, "-O", "0", "--as", form).run(
            {"a": bases, "k": np.arange(len(bases), dtype=float)}, outputs)
        for name in functions:
            for kind in ("_constant", "_param"):
                workshop.check("%s%s, %s" % (name, kind, form), same_bits(
                    found[name + "_field"], found[name + kind]))


def check_all(pdec, ulps):
    workshop = Workshop(pdec)
    measure = Measure(workshop, ulps)
    for precision in TYPES:
        a = b = found = None
        for form in ("kernel", "network"):
            for processor in runnable():
                options = ["--as", form, "--precision", precision, "--march",
                           processor]
                program = workshop.compile(script(), *options)
                if found is None:
                    a, b, found = check_errors(measure, program, precision)
                check_bits(workshop, " ".join(options), program, a, b, found)
        check_library(workshop, measure, precision)
        # The exact fma, where the processor has none.
        check_calls(workshop, precision, "x86-64", {"fma", "fmaf"})
        check_calls(workshop, precision, "x86-64-v3", set())
    check_constants(workshop)
    return workshop.finish()


def check_every(pdec, ulps, names):
    """All floats without a sign, of exp with one, too, in pieces of 2^21."""
    workshop = Workshop(pdec)
    measure = Measure(workshop, ulps)
    for name in names:
        result = "to_0" if name == "pow" else name + "_a"
        program = workshop.compile(script([result]), "--precision", "f32")
        exponents = np.full(2**21, EXPONENTS[0])
        worst = 0
        for start in range(0, 2**32 if name == "exp" else 2**31, 2**21):
            a = of_bits(np.arange(start, start + 2**21), "f32")
            found = results(program, a, names=[result])[result]
            worst = max(worst, measure.check(name, name, "f32-quick", a, found,
                                             exponents))
        print("%s: %.4f" % (name, worst), flush=True)
    return workshop.finish()


if __name__ == "__main__":
    if sys.argv[3:4] == ["--every"]:
        sys.exit(check_every(*sys.argv[1:3], sys.argv[4:]))
    sys.exit(check_all(*sys.argv[1:]))
