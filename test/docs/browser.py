"""Pages of HTML as tests look at them: their structure by html.parser, and
how they look and run in Chromium, where there is one."""

import html
import html.parser
import json
import os
import subprocess
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


# Opens pages in frames of 400 pixels, one after another, and runs a function on
# each, which may add to the report.
harness = """<!DOCTYPE html><title>running</title><body><script>
const pages = %s, report = [];
%s
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
  const back = getComputedStyle(frame.contentDocument.body).backgroundColor;
  report.push((back === "rgb(255, 255, 255)" ? "light: " : "dark: ") + path);
  probe(path, frame.contentDocument);
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


def browse(chromium, folder, paths, isDark,
           probe="function probe(path, page) {}"):
    """What Chromium finds of pages of a folder: a list of lines. Each page
    should give "light: PATH" or "dark: PATH" and nothing else."""
    path = os.path.join(folder, "harness.html")
    with open(path, "w", encoding="utf-8") as file:
        file.write(harness % (json.dumps(paths), probe))
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
        return ["Chromium did not get through"]
    text = result.stdout[start + 17:result.stdout.find("</pre>", start)]
    return json.loads(html.unescape(text)) + \
        [line for line in result.stderr.splitlines() if ":CONSOLE" in line]
