#!/usr/bin/env python3
"""Times what the language server answers while a script is typed: milliseconds
from a change to its diagnostics, and for completions and what a name is."""

import argparse
import os
import statistics
import sys
import time

sys.dont_write_bytecode = True
root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(root, "test", "lsp"))
from client import Client  # noqa: E402

URI = "file:///typed.pde"
HEAD = """grid X : 2d, boundary reflecting, size [64, 48]
param lambda = 0.2 where lambda > 0, tau = 0.05 where 0 < tau <= 0.25
input f on X = noise(1)
"""
# Twelve lines: a rate, a scheme, an evolution and a derivative.
PART = """
# Part {k}
fun rate{k}(u) = -grad'(charbonnier_flux(grad(u), lambda)) + {k}e-3*(f - u)
scheme pair{k}(R, tau): u -> {{
  let half = u + tau/2*R(u)
  u = half + tau/2*R(half)
}}
evolve u{k} from f by pair{k}(rate{k}, tau) for 5 steps
let energy{k} = sum(u{k}^2)/2 + lambda*norm(laplace(u{k}))
let slope{k} = gradient(energy{k}, f)
output u{k}, energy{k}, slope{k}
"""


def script(lines):
    parts = (lines - HEAD.count("\n"))//PART.count("\n") + 1
    return HEAD + "".join(PART.format(k=k) for k in range(1, parts + 1))


def until_told(client, version):
    while client.versions.get(URI) != version:
        client.next_message()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pdec", default=os.path.join(root, "build/bin/pdec"))
    parser.add_argument("--lines", type=int, default=500)
    parser.add_argument("--changes", type=int, default=60)
    options = parser.parse_args()

    text = script(options.lines)
    client = Client(options.pdec)
    client.request("initialize", {"capabilities": {}})
    client.send({"method": "initialized", "params": {}})
    client.send({"method": "textDocument/didOpen", "params": {"textDocument": {
        "uri": URI, "languageId": "pde", "version": 0, "text": text}}})
    until_told(client, 0)
    if client.diagnostics[URI]:
        sys.exit("the script has mistakes: %s" % client.diagnostics[URI][0])
    # Typed behind a factor in the middle: right and wrong in turns.
    row = text[:len(text)//2].count("\n")
    rows = text.splitlines()
    row += next(i for i, line in enumerate(rows[row:]) if "laplace" in line)
    column = rows[row].index("lambda*") + len("lambda*")
    place = {"line": row, "character": column}
    kinds = {"diagnostics": [], "completion": [], "hover": []}
    for version in range(1, options.changes + 1):
        word = "2*tua*"[:version % 7]
        end = {"line": row, "character": column +
               (version - 1) % 7*(version > 1)}
        begin = time.perf_counter()
        client.send({"method": "textDocument/didChange", "params": {
            "textDocument": {"uri": URI, "version": version},
            "contentChanges": [{"range": {"start": place, "end": end},
                                "text": word}]}})
        until_told(client, version)
        kinds["diagnostics"].append(time.perf_counter() - begin)
        for kind in ("completion", "hover"):
            begin = time.perf_counter()
            client.request("textDocument/" + kind, {
                "textDocument": {"uri": URI}, "position": place})
            kinds[kind].append(time.perf_counter() - begin)
    print("%d lines, %d changes; milliseconds, median and longest" % (
        len(rows), options.changes))
    for kind, seconds in kinds.items():
        print("%-12s %6.1f %6.1f" % (kind, 1000*statistics.median(seconds),
                                     1000*max(seconds)))
    client.request("shutdown")
    client.send({"method": "exit"})
    client.process.wait(timeout=60)


if __name__ == "__main__":
    main()
