"""Whatever `pdec check` tells of faulty scripts, the language server tells, too.

    faulty.py PDEC ERRORS SCRIPT...

ERRORS is the page with all codes. A script's messages are those that stand
beside it, as `pdec check` printed them; here they are read again, and code,
text, line and column compared with the server's. Of scripts beside which none
stand only the codes are of interest. Prints what differs, and the codes that
no script has.
"""

import os
import re
import sys
import tempfile

from client import Client

HEAD = re.compile(r"^(.*?):(\d+):(\d+): (error|warning): (.*) \[([EW]\d+)\]$")


def told_by_check(path):
    """(code, message, place or None where it is in another file)"""
    if not os.path.exists(path + ".expected"):
        return None
    name = os.path.basename(path)
    result = set()
    with open(path + ".expected", encoding="utf-8") as file:
        for line in file:
            found = HEAD.match(line.rstrip("\n"))
            if not found:
                continue
            where, row, column, _, message, code = found.groups()
            place = (int(row), int(column)) if where == name else None
            result.add((code, message, place))
    return result


def column_of(text, position):
    """Units of UTF-16 from 0 as letters from 1."""
    line = text.split("\n")[position["line"]].encode("utf-16-le")
    return len(line[:2 * position["character"]].decode("utf-16-le")) + 1


def told_by_server(client, path, text):
    uri = "file://" + os.path.abspath(path)
    client.open(uri, text)
    client.everything(uri)
    result = set()
    for told in client.diagnostics[uri]:
        start = told["range"]["start"]
        result.add((told["code"], told["message"].split("\n")[0],
                    (start["line"] + 1, column_of(text, start))))
    client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    return result


def main(pdec, errors, paths):
    with open(errors, encoding="utf-8") as file:
        missing = set(re.findall(r"^## ([EW]\d+)$", file.read(), re.MULTILINE))
    differences = 0
    with tempfile.TemporaryDirectory() as cache:
        client = Client(pdec, {**os.environ, "XDG_CACHE_HOME": cache})
        client.initialize()
        for path in paths:
            with open(path, "rb") as file:
                data = file.read()
            try:
                text = data.decode()
            except UnicodeDecodeError:
                continue  # messages of clients are UTF-8
            expected = told_by_check(path)
            told = told_by_server(client, path, text)
            missing -= {code for code, _, _ in told}
            if expected is None:
                continue
            placed = {entry for entry in expected if entry[2]}
            unplaced = {entry[:2] for entry in expected if not entry[2]}
            others = told - placed
            # One about the library is told at a call of this script.
            if not placed <= told or {e[:2] for e in others} != unplaced:
                differences += 1
                print(f"{path}:\n  check  {sorted(map(str, expected))}\n"
                      f"  server {sorted(map(str, told))}")
        client.leave()
    print(f"{differences} scripts differ; codes not told: "
          f"{' '.join(sorted(missing))}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
