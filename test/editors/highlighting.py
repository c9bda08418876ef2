"""Compares the colours of scripts in VS Code and Vim with what words mean.

    highlighting.py textmate|vim PDEC MODULES-or-EDITORS SCRIPT...

The language server says what each word is: it asks the compiler, and knows
nothing of the patterns. A keyword must be coloured as one, a function that is
there before the script as a function, a comment as a comment, a number as a
number; a script's own names as none of the first two, and nothing as an error.
Patterns know no scopes: a name that is also one of the words of the language
may have the colour of that.
"""

import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../lsp"))
from client import Client

# Beginnings of scopes and groups, by what a word is.
SCOPES = {
    "keyword": ("keyword.control", "keyword.other", "constant.language",
                "support.constant.rule"),
    "function": ("support.function",),
    "measure": ("support.variable",),
    "constant": ("constant.language",),
    "number": ("constant.numeric",),
    "comment": ("comment",),
    "string": ("string",),
    "operator": ("keyword.operator", "source"),
    "name": ("variable", "storage.type"),
}
GROUPS = {
    "keyword": ("pdeStatement", "pdeClause", "pdeBoolean", "pdeRule"),
    "function": ("pdeFunction", "pdeLibrary", "pdeScheme"),
    "measure": ("pdeMeasure",),
    "constant": ("pdeConstant",),
    "number": ("pdeNumber",),
    "comment": ("pdeComment",),
    "string": ("pdeText",),
    "operator": ("none",),
    "name": ("none", "pdeType"),
}


def meaning_of(kind, modifiers, text):
    if kind in ("keyword", "number", "comment", "operator", "string"):
        return kind
    # Parameters of the library's functions are names that arguments have.
    if "defaultLibrary" not in modifiers or kind == "parameter":
        return "name"
    if text in ("pi", "epsilon", "infinity"):
        return "constant"
    return "measure" if kind == "variable" else "function"


def tokens_of(client, path, legend):
    """(line, begin, end, what it is, text) of each word, in UTF-16."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    uri = "file://" + os.path.abspath(path)
    client.open(uri, text)
    data = client.request("textDocument/semanticTokens/full", {
        "textDocument": {"uri": uri}})["result"]["data"]
    lines = [line.encode("utf-16-le") for line in text.split("\n")]
    line = begin = 0
    for at in range(0, len(data), 5):
        down, right, length, kind, bits = data[at:at + 5]
        begin = right + (0 if down else begin)
        line += down
        modifiers = [name for bit, name in enumerate(legend["tokenModifiers"])
                     if bits >> bit & 1]
        word = lines[line][2 * begin:2 * (begin + length)].decode("utf-16-le")
        yield line, begin, begin + length, meaning_of(
            legend["tokenTypes"][kind], modifiers, word), word


def in_textmate(modules, grammar, paths):
    """The scope of each unit of each line, for each script."""
    script = os.path.join(os.path.dirname(__file__), "textmate.mjs")
    out = subprocess.run(["node", script, modules, grammar, *paths],
                         check=True, capture_output=True, text=True).stdout
    for line in out.splitlines():
        colours = {}
        for row, begin, end, scope in json.loads(line):
            for column in range(begin, end):
                colours[row, column] = scope
        yield colours


def in_vim(vim, paths):
    script = os.path.join(os.path.dirname(__file__), "groups.vim")
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as out:
        subprocess.run(
            ["vim", "-u", "NONE", "-i", "NONE", "-n", "-es", "-S", script,
             *paths], check=True, stdin=subprocess.DEVNULL,
            env={**os.environ, "PDE_VIM": vim, "PDE_OUT": out.name,
                 "TERM": "dumb"})
        colours = []
        for line in out.read().splitlines():
            if line.startswith("file"):
                assert line == "file pde", line
                colours.append({})
                continue
            row, columns, group = line.split()
            begin, end = map(int, columns.split("-"))
            for column in range(begin, end):
                colours[-1][int(row), column] = group
    return colours


def byte_columns(path):
    """By line: from units of UTF-16 to bytes."""
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    return [[len(line.encode("utf-16-le")[:2 * n].decode("utf-16-le",
                                                         "ignore").encode())
             for n in range(len(line.encode("utf-16-le")) // 2 + 1)]
            for line in lines]


def main(editor, pdec, where, paths):
    editors = os.path.join(os.path.dirname(__file__), "../../editors")
    is_vim = editor == "vim"
    if is_vim:
        allowed, coloured = GROUPS, in_vim(where, paths)
    else:
        allowed = SCOPES
        coloured = in_textmate(where, os.path.join(
            editors, "vscode/syntaxes/pde.tmLanguage.json"), paths)
    client = Client(pdec)
    legend = client.initialize()["result"]["capabilities"][
        "semanticTokensProvider"]["legend"]
    known = subprocess.run([pdec, "words"], check=True, capture_output=True,
                           text=True).stdout.split()
    wrong = words = 0
    for path, colours in zip(paths, coloured, strict=True):
        bytes_of = byte_columns(path)
        for line, begin, end, what, text in tokens_of(client, path, legend):
            words += 1
            if what == "name" and text in known:
                continue
            for column in (begin, end - 1):
                at = bytes_of[line][column] if is_vim else column
                colour = colours.get((line, at), "none")
                if not colour.startswith(allowed[what]):
                    wrong += 1
                    print(f"{path}:{line + 1}:{begin + 1}: '{text}', a "
                          f"{what}, has the colour of {colour}")
                    break
    client.leave()
    print(f"{wrong} words of {len(paths)} scripts have another colour"
          if words > 1000 else "there are hardly any words")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:])
