"""Hovers over all built-in names; prints those of which nothing is said."""

import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../lsp"))
from client import Client

KINDS = ("constant", "operator", "function", "measure")


def main(pdec):
    words = subprocess.run([pdec, "words"], check=True, capture_output=True,
                           text=True).stdout
    names = [name for line in words.splitlines()
             for name in line.partition(":")[2].split()
             if line.startswith(KINDS)]
    # A signature's documentation is the sentence, and so is a completion's.
    client = Client(pdec)
    client.initialize()
    uri = "file:///nowhere/names.pde"
    client.open(uri, "let a = 1\nlet b = a")
    items = client.request("textDocument/completion", {
        "textDocument": {"uri": uri},
        "position": {"line": 1, "character": 8}})["result"]["items"]
    documented = {item["label"] for item in items if item.get("documentation")}
    # Names of conditions are known where there are some.
    text = ("grid X : 1d\ninput f on X = x\nsolve laplace(u) = f by cg() until "
            "residual < 1 and change < 1\noutput u\n")
    client.open(uri, text)
    for name in ("residual", "change"):
        line = text.split("\n")[2]
        hover = client.request("textDocument/hover", {
            "textDocument": {"uri": uri},
            "position": {"line": 2, "character": line.index(name)}})["result"]
        if "until" in hover["contents"]["value"].split("```")[2]:
            documented.add(name)
    client.leave()
    missing = [name for name in names if name not in documented]
    print("\n".join(missing))
    print(f"{len(missing)} names without a sentence"
          if len(names) > 40 else "there are hardly any names")


if __name__ == "__main__":
    main(sys.argv[1])
