"""Plays a recorded session and prints what the language server answers.

    session.py PDEC SESSION PACE

PACE is `fast` or `slow`: whether the server sees a change together with what
follows, or has looked at its text before. It answers the same.
What depends on the machine is left out: folders, and how often things are told.
"""

import os
import re
import sys
import tempfile

from client import Client

KINDS = {2: "Method", 3: "Function", 6: "Variable", 10: "Property",
         14: "Keyword", 21: "Constant", 22: "Struct", 24: "Operator"}
SYMBOLS = {8: "field", 12: "function", 6: "method", 13: "variable",
           14: "constant", 7: "property", 23: "struct", 24: "event",
           25: "operator"}


def units(text):
    """How many units of UTF-16 a text has."""
    return len(text.encode("utf-16-le")) // 2


class Session:
    def __init__(self, pdec, folder, cache, is_fast):
        self.is_fast = is_fast
        self.client = Client(pdec, {**os.environ, "XDG_CACHE_HOME": cache})
        self.folder = folder
        self.legend = self.client.initialize()["result"]["capabilities"][
            "semanticTokensProvider"]["legend"]
        self.uri = self.text = None
        self.version = 0
        self.asked = 0

    # -- places ---------------------------------------------------------------

    def position(self, index):
        line = self.text.count("\n", 0, index)
        start = self.text.rfind("\n", 0, index) + 1
        return {"line": line, "character": units(self.text[start:index])}

    def cursor(self, around):
        before, _, behind = around.partition("|")
        if self.text.count(before + behind) < 1:
            sys.exit(f"'{around}' is not in the document")
        return self.position(self.text.index(before + behind) + len(before))

    def there(self, around):
        return {"textDocument": {"uri": self.uri},
                "position": self.cursor(around)}

    def place(self, range_, text=None):
        """A range as it is printed, with what stands there."""
        start, end = range_["start"], range_["end"]
        text = text or self.text
        lines = text.split("\n")
        shown = ""
        if start["line"] == end["line"] < len(lines):
            line = lines[start["line"]].encode("utf-16-le")
            shown = line[2 * start["character"]:2 * end["character"]].decode(
                "utf-16-le")
        return (f"{start['line']}:{start['character']}-"
                f"{end['line']}:{end['character']} '{shown}'")

    def location(self, location):
        uri, text = location["uri"], None
        if uri != self.uri:
            with open(re.sub("^file://", "", uri), encoding="utf-8") as file:
                text = file.read()
            uri = re.sub("^.*/pdec/[0-9A-F]+/", "CACHE/", uri)
        return f"{os.path.basename(self.uri) if not text else uri} " + (
            self.place(location["range"], text))

    # -- requests -------------------------------------------------------------

    def request(self, method, params):
        self.asked += 1
        reply = self.client.request("textDocument/" + method, params)
        if "error" in reply:
            print(f"  error {reply['error']['code']}: "
                  f"{reply['error']['message'].replace(self.uri, 'URI')}")
            return None
        if reply["result"] is None:
            print("  nothing")
        return reply["result"]

    def of_document(self, method, **more):
        return self.request(method, {"textDocument": {"uri": self.uri},
                                     **more})

    def do_open(self, name):
        path = os.path.join(self.folder, "Inputs", name)
        with open(path, encoding="utf-8") as file:
            self.text = file.read()
        self.uri, self.version = "file://" + path, 1
        self.client.open(self.uri, self.text)

    def do_follow(self, around):
        """Goes to a definition in another file, and opens that."""
        result = self.request("definition", self.there(around))
        print("  " + self.location(result))
        self.uri = result["uri"]
        with open(self.uri.removeprefix("file://"), encoding="utf-8") as file:
            self.text = file.read()
        self.client.open(self.uri, self.text)

    def do_close(self, _):
        self.client.notify("textDocument/didClose",
                           {"textDocument": {"uri": self.uri}})

    def do_edit(self, what):
        old, new = what.split(" => ")
        index = self.text.index(old)
        start, end = self.position(index), self.position(index + len(old))
        self.text = self.text.replace(old, new, 1)
        self.version += 1
        self.client.change(self.uri, self.version, [
            {"range": {"start": start, "end": end}, "text": new}],
            is_more_to_come=self.is_fast)
        if not self.is_fast:
            self.client.request("textDocument/documentSymbol",
                                {"textDocument": {"uri": self.uri}})

    def do_diagnostics(self, _):
        self.client.everything(self.uri)
        for told in self.client.diagnostics[self.uri]:
            print(f"  {told['code']} severity {told['severity']} "
                  f"{self.place(told['range'])}")
            for line in told["message"].split("\n"):
                print(f"    {line}")
            for related in told.get("relatedInformation", []):
                print(f"    {self.location(related['location'])}: "
                      f"{related['message']}")
            explained = told["codeDescription"]["href"]
            with open(explained.removeprefix("file://"),
                      encoding="utf-8") as file:
                print(f"    {file.readline().strip()}")

    def do_symbols(self, _):
        for symbol in self.of_document("documentSymbol"):
            print(f"  {SYMBOLS[symbol['kind']]} "
                  f"{self.place(symbol['selectionRange'])}: "
                  f"{symbol['detail']}")

    def do_tokens(self, _):
        data = self.of_document("semanticTokens/full")["data"]
        line = character = 0
        for at in range(0, len(data), 5):
            lines, characters, length, kind, modifiers = data[at:at + 5]
            character = characters + (0 if lines else character)
            line += lines
            names = [name for bit, name in
                     enumerate(self.legend["tokenModifiers"])
                     if modifiers >> bit & 1]
            kind = self.legend["tokenTypes"][kind]
            if kind in ("operator", "number"):
                continue
            range_ = {"start": {"line": line, "character": character},
                      "end": {"line": line, "character": character + length}}
            print(f"  {self.place(range_)} {' '.join([kind] + names)}")

    def do_hints(self, _):
        whole = {"start": {"line": 0, "character": 0},
                 "end": {"line": 999, "character": 0}}
        for hint in self.of_document("inlayHint", range=whole):
            where = hint["position"]
            print(f"  {where['line']}:{where['character']} {hint['label']}")

    def do_hover(self, around):
        result = self.request("hover", self.there(around))
        if not result:
            return
        print(f"  {self.place(result['range'])}")
        for line in result["contents"]["value"].strip().split("\n"):
            print(f"    {line}".rstrip())

    def do_definition(self, around):
        result = self.request("definition", self.there(around))
        if result:
            print("  " + self.location(result))

    def do_references(self, around, declaration=True):
        context = {"context": {"includeDeclaration": declaration}}
        for place in self.request("references",
                                  {**self.there(around), **context}) or []:
            print("  " + self.location(place))

    def do_uses(self, around):
        self.do_references(around, declaration=False)

    def do_highlight(self, around):
        for found in self.request("documentHighlight",
                                  self.there(around)) or []:
            print("  " + self.place(found["range"]))

    def do_prepare(self, around):
        result = self.request("prepareRename", self.there(around))
        if result:
            print("  " + self.place(result))

    def print_edits(self, edits):
        for edit in edits:
            print(f"  {self.place(edit['range'])} -> {edit['newText']!r}")

    def do_rename(self, what):
        around, name = what.split(" : ")
        result = self.request("rename",
                              {**self.there(around), "newName": name})
        if result:
            self.print_edits(result["changes"][self.uri])

    def do_signature(self, around):
        result = self.request("signatureHelp", self.there(around))
        if not result:
            return
        signature = result["signatures"][0]
        label, active = signature["label"], result["activeParameter"]
        parameters = [label[begin:end] for begin, end in
                      (p["label"] for p in signature["parameters"])]
        print(f"  {label}: {parameters}, at {active}")
        print(f"    {signature['documentation']}")

    def do_complete(self, what):
        around, words = what.split(" : ")
        result = self.request("completion", self.there(around))
        items = result["items"] if isinstance(result, dict) else result
        for word in words.split():
            found = [item for item in items if item["label"] == word]
            for item in found:
                print(f"  {word}: {KINDS[item['kind']]} "
                      f"{item.get('detail', '')}"
                      f" | {item.get('documentation', '')!r}")
            if not found:
                print(f"  {word}: not there")

    def do_fixes(self, around):
        where = self.cursor(around)
        for fix in self.of_document(
                "codeAction", range={"start": where, "end": where},
                context={"diagnostics": []}):
            print(f"  {fix['title']}")
            self.print_edits(fix["edit"]["changes"][self.uri])

    def do_format(self, _):
        self.print_edits(self.of_document("formatting") or [])

    def run(self, lines):
        for line in lines:
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            print(line)
            command, _, rest = line.partition(" ")
            getattr(self, "do_" + command)(rest)
        code = self.client.leave()
        print(f"exit code {code} after at least 60 requests: "
              f"{self.asked >= 60}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        here = os.path.dirname(os.path.abspath(__file__))
        with open(sys.argv[2], encoding="utf-8") as file:
            Session(sys.argv[1], here, home, sys.argv[3] == "fast").run(file)
