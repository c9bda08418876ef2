"""Which pages the site has, and how each is put together."""

import html
import json
import os
import re
import shutil
from string import Template

from highlight import Highlighter
from library import library_page
from markup import Markup

# The navigation: of each page its source, its place and its name there.
SECTIONS = {
    "Start": [
        ("README.md", "index.html", "pdec"),
        ("docs/tutorial.md", "docs/tutorial.html", "Tutorial"),
        ("docs/coming-from.md", "docs/coming-from.html", "Coming from ..."),
        ("examples/README.md", "examples/index.html", "Examples"),
    ],
    "Use": [
        ("docs/language.md", "docs/language.html", "The language"),
        ("compiler/library", "docs/library.html", "The library"),
        ("docs/compiling.md", "docs/compiling.html", "Compiling"),
        ("docs/running.md", "docs/running.html", "Running"),
        ("docs/python.md", "docs/python.html", "Python"),
        ("docs/editors.md", "docs/editors.html", "Editors"),
        ("docs/onnx.md", "docs/onnx.html", "Networks for others"),
        ("docs/gradients.md", "docs/gradients.html", "Gradients"),
        ("docs/training.md", "docs/training.html", "Training"),
        ("docs/networks.md", "docs/networks.html", "Schemes as networks"),
        ("docs/certificates.md", "docs/certificates.html", "Certificates"),
        ("docs/limits.md", "docs/limits.html", "How sharp limits are"),
        ("docs/schemes.md", "docs/schemes.html", "Schemes, all forms"),
        ("docs/performance.md", "docs/performance.html", "Performance"),
        ("docs/errors.md", "docs/errors.html", "Error index"),
        ("CHANGELOG.md", "changes.html", "Changes"),
    ],
    "Work on pdec": [
        ("CONTRIBUTING.md", "contributing.html", "Contributing"),
        ("docs/architecture.md", "docs/architecture.html", "Architecture"),
        ("docs/pde-dialect.md", "docs/pde-dialect.html", "The pde dialect"),
        ("docs/kernel-dialect.md", "docs/kernel-dialect.html",
         "The kernel dialect"),
        ("docs/net-dialect.md", "docs/net-dialect.html", "The net dialect"),
        ("bench/README.md", "bench/index.html", "Benchmarks"),
        ("test/oracle/README.md", "test/oracle/index.html", "Oracles"),
    ],
}


def pages():
    return [page for section in SECTIONS.values() for page in section]


def check_complete(root):
    """A page that nothing leads to would be a page that nobody reads."""
    listed = {source for source, _, _ in pages()}
    for path in sorted((root / "docs").glob("*.md")):
        if "docs/" + path.name not in listed:
            raise SystemExit("docs/site/site_pages.py: docs/%s has no place in "
                             "the navigation" % path.name)


def relative(target, place):
    return os.path.relpath(target, os.path.dirname(place) or ".")


def navigation(place):
    text = ""
    for title, section in SECTIONS.items():
        text += "<h2>%s</h2>\n<ul>\n" % title
        for _, target, name in section:
            text += '<li><a href="%s"%s>%s</a></li>\n' % (
                relative(target, place),
                ' aria-current="page"' if target == place else "",
                html.escape(name))
        text += "</ul>\n"
    return text


def contents(headings):
    """Links to the parts of a page that has several."""
    parts = [h for h in headings if h[0] == 2]
    if len(parts) < 3 or len(parts) > 60:
        return ""
    return '<details class="contents"><summary>On this page</summary>\n<ul>\n' \
        + "".join('<li><a href="#%s">%s</a></li>\n' % (name, html.escape(title))
                  for _, name, title in parts) + "</ul></details>\n"


def search_entries(place, title, body, headings):
    """What the search knows of a page: each heading with the words below it."""
    marks = {name: text for _, name, text in headings}
    pieces = re.split(r'<(?:h\d|section)[^>]* id="([^"]+)"[^>]*>', body)
    entries = []
    for name, piece in zip(pieces[1::2], pieces[2::2]):
        words = html.unescape(re.sub(r"<[^>]+>", " ", piece)).split()
        entries.append([place + "#" + name, title, marks.get(name, name),
                        " ".join(words)[:4000].lower()])
    return entries


class Site:
    def __init__(self, root, pdec, out):
        self.root, self.pdec, self.out = root, pdec, out
        self.highlighter = Highlighter(root)
        self.examples = sorted(path.stem
                               for path in (root / "examples").glob("*.pde"))
        targets = {source: target for source, target, _ in pages()}
        targets.update({"examples/%s.pde" % name: "examples/%s.html" % name
                        for name in self.examples})
        copied = {str(path.relative_to(root)) for folder in ("docs", "examples")
                  for path in (root / folder / "images").iterdir()}
        self.copied = copied
        self.markup = Markup(root, self.highlighter, targets, copied)
        self.template = Template((root / "docs/site/page.html").read_text())
        self.index = []

    def write(self, place, title, body, headings):
        path = self.out / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.template.substitute(
            title=html.escape(title), top=relative(".", place),
            navigation=navigation(place), contents=contents(headings),
            body=body), encoding="utf-8")
        self.index += search_entries(place, title, body, headings)

    def write_markdown(self, source, place, name):
        text = (self.root / source).read_text(encoding="utf-8")
        body, headings = self.markup.convert(source, text)
        self.write(place, name, body, headings)

    def write_example(self, name):
        """A script with its pictures, and the script itself to take along."""
        text = (self.root / "examples" / (name + ".pde")).read_text()
        shutil.copy(self.root / "examples" / (name + ".pde"),
                    self.out / "examples")
        body = '<h1 id="%s">%s.pde</h1>\n<p><a href="%s.pde">The script</a>, ' \
            '<a href="index.html#%spde">what it is</a></p>\n%s' % (
                name, name, name, name, self.highlighter.block(text, "pde"))
        for end, what in ("", "Result"), ("-network", "Network"):
            address = "images/%s%s.svg" % (name, end)
            body += '<h2 id="%s">%s</h2>\n<a class="picture" href="%s"><img ' \
                'src="%s" alt="%s of %s.pde" loading="lazy"></a>\n' % (
                    what.lower(), what, address, address, what, name)
        self.write("examples/%s.html" % name, name + ".pde", body,
                   [(1, name, name)])

    def copy_files(self):
        for source in sorted(self.copied):
            (self.out / source).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(self.root / source, self.out / source)
        for name in "site.css", "site.js":
            shutil.copy(self.root / "docs" / "site" / name, self.out)

    def build(self):
        self.out.mkdir(parents=True, exist_ok=True)
        self.copy_files()
        for source, place, name in pages():
            if source == "compiler/library":
                self.write(place, name,
                           *library_page(self.root, self.pdec, self.highlighter))
            else:
                self.write_markdown(source, place, name)
        for name in self.examples:
            self.write_example(name)
        # A script, since pages read from a disk may not fetch anything.
        (self.out / "search.js").write_text(
            "const searchIndex = " + json.dumps(self.index,
                                                ensure_ascii=False) + ";\n",
            encoding="utf-8")


def build(root, pdec, out):
    check_complete(root)
    Site(root, pdec, out).build()
