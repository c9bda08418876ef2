"""The index of the library: what each file of compiler/library declares, with
pictures whose values pdec computes."""

import html
import re
import struct
import subprocess
import tempfile
from pathlib import Path

import drawing

# In this order; a file that is missing here ends the page.
FILES = {
    "diffusivities": "Fluxes and diffusivities",
    "core": "Functions",
    "functions": "Further functions",
    "morphology": "Erosions, dilations, shifts",
    "schemes": "Time steps",
    "extrapolation": "Accelerated steps",
    "implicit": "Implicit steps",
    "adaptive": "Steps that adapt",
    "conservation": "Conservation laws and fronts",
    "solvers": "Solvers of equations",
    "conjugate_gradients": "Conjugate gradients",
    "krylov": "Krylov spaces",
    "nonlinear": "Nonlinear equations",
    "multigrid": "Multigrid",
    "optimisers": "Optimisers of training",
}
# What arguments other than s are in a picture, and what a function of numbers
# only is drawn over.
ARGUMENTS = {"lambda": "1", "eps": "0.5", "k": "2", "low": "-1", "high": "2"}
# Functions of s that are not drawn: they are not defined over all of it.
WITHIN_ONE = {"asin", "acos"}
OPERATORS = {
    "forward(x)": "The difference to the next cell.",
    "backward(x)": "The difference to the cell before.",
    "central(x)": "The first derivative, of second order.",
    "d2(x)": "The second derivative.",
    "stencil(x, [1, 2, 1])/4": "Weights of one's own.",
}
OPERATORS_2D = {
    "laplace": "The sum of the second derivatives.",
    "central(x)*central(y)": "A mixed derivative: operators multiply.",
}


def section_id(stem):
    return FILES[stem].lower().replace(" ", "-")


class Declaration:
    def __init__(self, kind, name, arguments, comment, source):
        self.kind, self.name, self.comment = kind, name, comment
        self.arguments, self.source = arguments, source

    def arguments_names(self):
        return [a.split("=")[0].strip() for a in self.arguments.split(",") if a]


def in_brackets(text):
    """What stands between the first bracket and the one that closes it."""
    start = text.index("(") + 1
    depth = 1
    for end in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        if depth == 0:
            return text[start:end]
    raise SystemExit("a bracket of the library is never closed: " + text)


def declarations(text):
    """What a file of the library declares, with the comments above."""
    starts = [m.start() for m in
              re.finditer(r"^(?:#.*\n)*(?:fun|scheme|hierarchy) ", text, re.M)]
    found = []
    for start, end in zip(starts, starts[1:] + [len(text)]):
        comment, source = re.fullmatch(r"((?:#[^\n]*\n)*)(.*)", text[start:end],
                                       re.S).groups()
        source = source.split("\n\n#")[0].rstrip() + "\n"
        kind, name = re.match(r"(\w+) (\w+)", source).groups()
        found.append(Declaration(kind, name, in_brackets(source),
                                 re.sub(r"^# ?", "", comment, flags=re.M),
                                 source))
    return found


def read_npy(path):
    data = path.read_bytes()
    length = struct.unpack("<H", data[8:10])[0]
    header = data[10:10 + length].decode()
    assert data[6:7] == b"\1" and "'<f8'" in header, path
    values = data[10 + length:]
    return list(struct.unpack("<%dd" % (len(values) // 8), values))


def compute(pdec, script):
    """Runs a script; returns its outputs by name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "picture.pde"
        path.write_text(script, encoding="utf-8")
        subprocess.run([pdec, "run", path, "--quiet", "--output",
                        folder + "/out/"], check=True)
        return {file.stem: read_npy(file)
                for file in (Path(folder) / "out").glob("*.npy")}


def is_drawn(declaration):
    return declaration.kind == "fun" and \
        declaration.name not in WITHIN_ONE and \
        declaration.arguments_names()[:1] == ["s"]


def functions_of_s(pdec, found):
    """The values of all functions of s over [-4, 4]."""
    drawn = [d for d in found if is_drawn(d)]
    calls = ["r_%s = %s(x, %s)" % (d.name, d.name, ", ".join(
        ARGUMENTS[a] for a in d.arguments_names()[1:])) for d in drawn]
    script = "grid X : 1d, extent [-4, 4], size 401\noutput r_s = x,\n" + \
        ",\n".join(call.replace(", )", ")") for call in calls) + "\n"
    values = compute(pdec, script)
    return {name[2:]: data for name, data in values.items()}


def operator_values(pdec):
    """What each operator and its adjoint make of a field that is 1 in one cell."""
    script = "grid X : 1d, size 7\ninput e on X = if index(x) == 3 then 1 " \
        "else 0\noutput unit = e"
    for i, operator in enumerate(OPERATORS):
        script += ",\n  k%d = (%s)(e), a%d = (%s)'(e)" % (i, operator, i,
                                                          operator)
    values = compute(pdec, script + "\n")
    flat = "grid X : 2d, size 5\ninput e on X = if index(x) == 2 and " \
        "index(y) == 2 then 1 else 0\noutput unit = e"
    for i, operator in enumerate(OPERATORS_2D):
        flat += ",\n  p%d = (%s)(e)" % (i, operator)
    values.update(compute(pdec, flat + "\n"))
    return values


def operators_section(pdec):
    values = operator_values(pdec)
    text = "<h2 id=\"operators\">Operators</h2>\n<p>What each makes of a field " \
        "that is 1 in the middle cell and 0 in all others: lines are " \
        "the operator <code>K</code>, dashes its transpose <code>K'</code>, " \
        "which has the same weights the other way round.</p>\n<div class=\"cards\">\n"
    for i, (operator, meaning) in enumerate(OPERATORS.items()):
        diagram = drawing.stems(range(-3, 4),
                                [values["k%d" % i], values["a%d" % i]],
                                "weights of " + operator)
        text += card(operator, operator, meaning, diagram, "")
    for i, (operator, meaning) in enumerate(OPERATORS_2D.items()):
        cells = values["p%d" % i]
        rows = [cells[5 * row:5 * row + 5] for row in range(5)]
        text += card(operator, operator, meaning,
                     drawing.squares(rows, "weights of " + operator), "")
    return text + "</div>\n"


def card(name, title, comment, diagram, source):
    return '<section class="card" id="%s">\n<h3><code>%s</code></h3>\n%s' \
        "<p>%s</p>\n%s</section>\n" % (
            re.sub(r"\W+", "-", name).strip("-"), html.escape(title), diagram,
            html.escape(comment), source)


def with_diffusivities(found):
    """Joins each flux with the diffusivity that it is s times."""
    by_name = {d.name: d for d in found}
    joined = []
    for d in found:
        factor = by_name.get(d.name.replace("_flux", "_diffusivity"), d)
        if factor is not d:
            d = Declaration(d.kind, d.name, d.arguments,
                            factor.comment + d.comment, factor.source + d.source)
        if d.name.replace("_diffusivity", "_flux") == d.name or \
                d.name.replace("_diffusivity", "_flux") not in by_name:
            joined.append(d)
    return joined


def function_picture(declaration, values):
    """A function of s; of a flux, with its diffusivity."""
    name = declaration.name
    if name not in values:
        return ""
    lists = [values[name]]
    factor = name.replace("_flux", "_diffusivity")
    if factor != name and factor in values:
        lists.append(values[factor])
    return drawing.curves(values["s"], lists, "graph of " + name)


def file_section(stem, found, values, highlighter):
    text = '<h2 id="%s">%s</h2>\n' % (section_id(stem), FILES[stem])
    if stem == "diffusivities":
        text += "<p>Over s from \u22124 to 4, for <code>lambda</code> = 1, " \
            "<code>eps</code> = 0.5: the line is the flux, the dashes are the " \
            "diffusivity, which it is s times.</p>\n"
    text += '<div class="cards">\n'
    for d in with_diffusivities(found):
        source = "<details><summary>source</summary>\n%s</details>\n" % \
            highlighter.block(d.source, "pde")
        text += card(d.name, "%s(%s)" % (d.name, d.arguments), d.comment,
                     function_picture(d, values), source)
    return text + "</div>\n"


def library_page(root, pdec, highlighter):
    """Returns the HTML of the index and its headings."""
    folder = root / "compiler" / "library"
    stems = {path.stem for path in folder.glob("*.pde")}
    if stems != set(FILES):
        raise SystemExit("docs/site/library.py: the files of the library are "
                         "%s" % ", ".join(sorted(stems)))
    found = {stem: declarations((folder / (stem + ".pde")).read_text())
             for stem in FILES}
    values = functions_of_s(pdec, [d for part in found.values() for d in part])
    body = "<h1 id=\"the-library\">The library</h1>\n<p>All of it is written in " \
        "the language and may be declared anew by a script. " \
        "<a href=\"language.html#the-library\">The language</a> has tables of " \
        "what is for whom; this page has all declarations, with their source." \
        "</p>\n" + operators_section(pdec)
    headings = [(1, "the-library", "The library"), (2, "operators", "Operators")]
    for stem, title in FILES.items():
        body += file_section(stem, found[stem], values, highlighter)
        headings.append((2, section_id(stem), title))
        headings += [(3, d.name, d.name)
                     for d in with_diffusivities(found[stem])]
    return body, headings
