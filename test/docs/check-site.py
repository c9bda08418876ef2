#!/usr/bin/env python3
"""Checks what scripts/site made.

usage: check-site.py SITE [CHROMIUM]

Each page is well-formed, says nothing twice by the same id, loads nothing from
elsewhere, and all its links lead to pages, and places in them, that exist. With
a Chromium: no page has an error of a script or is wider than 400 pixels, in
light or dark, and the search finds what it should.
"""

import os
import sys

sys.dont_write_bytecode = True
from browser import Page, browse  # noqa: E402


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


# Types into the search of one page.
probe = """function probe(path, page) {
  if (path !== "docs/library.html")
    return;
  const field = page.getElementById("search");
  field.value = "charbonnier flux";
  field.dispatchEvent(new Event("input"));
  const found = page.querySelector("#results a");
  report.push("found: " + (found ? found.textContent : "nothing"));
}"""


def check_in_chromium(chromium, site, pages):
    faults = []
    # Widths do not depend on colours.
    for word, paths in (("light", sorted(pages)), ("dark", ["docs/library.html"])):
        seen = browse(chromium, site, paths, word == "dark", probe)
        wanted = ["%s: %s" % (word, path) for path in paths] + \
            ["found: charbonnier_flux"]
        faults += ["in Chromium: " + line for line in seen if line not in wanted]
        faults += ["not in Chromium: " + line
                   for line in wanted if line not in seen]
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
