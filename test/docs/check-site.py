#!/usr/bin/env python3
"""Checks what scripts/site made.

usage: check-site.py SITE [CHROMIUM]

Each page is well-formed, says nothing twice by the same id, loads nothing from
elsewhere, and all its links lead to pages, and places in them, that exist. With
a Chromium: no page has an error of a script or is wider than 400 pixels, in
light or dark, and the search finds what it should.
"""

import html.parser
import json
import os
import subprocess
import sys
import tempfile

voidElements = {"meta", "link", "input", "img", "br", "hr"}


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.open, self.ids, self.links, self.faults = [], [], [], []
        with open(path, encoding="utf-8") as file:
            self.feed(file.read())
        self.close()
        if self.open:
            self.faults.append("<%s> is never closed" % self.open[-1])

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if "id" in attributes:
            self.ids.append(attributes["id"])
        for name in "href", "src":
            if name in attributes:
                self.links.append((name, tag, attributes[name]))
        if tag == "img" and not attributes.get("alt"):
            self.faults.append("a picture says nothing to who does not see it")
        if tag not in voidElements:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in voidElements:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag in voidElements:
            return
        if not self.open or self.open[-1] != tag:
            self.faults.append("line %d: </%s> closes nothing" %
                               (self.getpos()[0], tag))
        else:
            self.open.pop()


def link_fault(site, pages, path, link):
    """What is wrong with a link of a page, or None."""
    kind, tag, address = link
    if address.startswith("data:"):
        return None
    if address.startswith(("http:", "https:")):
        return None if tag == "a" else "loads %s" % address
    target, _, part = address.partition("#")
    found = os.path.normpath(os.path.join(os.path.dirname(path), target)) \
        if target else path
    if not os.path.isfile(os.path.join(site, found)):
        return "there is no %s" % address
    if part and part not in pages[found].ids:
        return "%s has no place %s" % (found, part)
    return None


def check_text(site, pages):
    faults, links = [], 0
    for path, page in pages.items():
        faults += ["%s: %s" % (path, fault) for fault in page.faults]
        faults += ["%s: two places are called %s" % (path, name)
                   for name in set(page.ids) if page.ids.count(name) > 1]
        links += len(page.links)
        faults += ["%s: %s" % (path, fault) for fault in
                   (link_fault(site, pages, path, link) for link in page.links)
                   if fault]
    reached, waiting = set(), ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in reached or path not in pages:
            continue
        reached.add(path)
        waiting += [os.path.normpath(os.path.join(os.path.dirname(path),
                                                  address.partition("#")[0]))
                    for _, tag, address in pages[path].links if tag == "a"]
    faults += ["nothing leads to %s" % path for path in set(pages) - reached]
    print("%d pages, %d links" % (len(pages), links))
    return faults


# Opens all pages in frames of 400 pixels, one after another.
harness = """<!DOCTYPE html><title>running</title><body><script>
const pages = %s, report = [];
async function look(path) {
  const frame = document.createElement("iframe");
  frame.style.width = "400px";
  frame.style.height = "800px";
  const loaded = new Promise((done) => frame.onload = done);
  frame.src = path;
  document.body.append(frame);
  await loaded;
  const root = frame.contentDocument.documentElement;
  if (root.scrollWidth > 400)
    report.push(path + " is " + root.scrollWidth + " pixels wide");
  if (path === pages[0]) {
    const field = frame.contentDocument.getElementById("search");
    field.value = "charbonnier flux";
    field.dispatchEvent(new Event("input"));
    const found = frame.contentDocument.querySelector("#results a");
    report.push("found: " + (found ? found.textContent : "nothing"));
    report.push("dark: " + (getComputedStyle(frame.contentDocument.body)
        .backgroundColor !== "rgb(255, 255, 255)"));
  }
  frame.remove();
}
(async () => {
  for (const path of pages)
    await look(path);
  const text = document.createElement("pre");
  text.id = "report";
  text.textContent = JSON.stringify(report);
  document.body.append(text);
})();
</script>"""


def browse(chromium, site, paths, isDark):
    """What Chromium finds: (what the harness reports, errors of scripts)."""
    path = os.path.join(site, "harness.html")
    with open(path, "w", encoding="utf-8") as file:
        file.write(harness % json.dumps(paths))
    # Blink's 0 is dark, 1 is light.
    with tempfile.TemporaryDirectory() as profile:
        result = subprocess.run(
            [chromium, "--headless", "--no-sandbox", "--disable-gpu",
             "--enable-logging=stderr", "--allow-file-access-from-files",
             "--user-data-dir=" + profile, "--virtual-time-budget=60000",
             "--blink-settings=preferredColorScheme=%d" % (not isDark),
             "--dump-dom", "file://" + path],
            capture_output=True, text=True, timeout=120)
    os.remove(path)
    start = result.stdout.find('<pre id="report">')
    if start < 0:
        return ["Chromium did not get through"], []
    text = result.stdout[start + 17:result.stdout.find("</pre>", start)]
    return json.loads(html.unescape(text)), \
        [line for line in result.stderr.splitlines() if ":CONSOLE" in line]


def check_in_chromium(chromium, site, pages):
    faults = []
    for isDark in False, True:
        # Widths do not depend on colours.
        paths = ["docs/library.html"] if isDark else sorted(pages)
        report, errors = browse(chromium, site, paths, isDark)
        wanted = ["found: charbonnier_flux",
                  "dark: " + ("true" if isDark else "false")]
        faults += ["in Chromium: " + line for line in
                   errors + [line for line in report if line not in wanted] +
                   [line for line in wanted if line not in report]]
    print("looked at in Chromium, light and dark, 400 pixels wide")
    return faults


def main(site, chromium=None):
    site = os.path.abspath(site)
    paths = [os.path.relpath(os.path.join(folder, name), site)
             for folder, _, names in os.walk(site)
             for name in names if name.endswith(".html")]
    pages = {path: Page(os.path.join(site, path)) for path in sorted(paths)}
    faults = check_text(site, pages)
    if chromium:
        faults += check_in_chromium(chromium, site, pages)
    for fault in faults:
        print("FAILED:", fault)
    print("%d failed" % len(faults))
    return 1 if faults or len(pages) < 40 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
