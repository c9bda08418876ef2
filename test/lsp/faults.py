"""Messages that are none, clients that die, and texts that change at random.

    faults.py PDEC SCRIPT

The server answers what can be answered, goes on, and ends with its client.
"""

import json
import random
import subprocess
import sys

from client import Client

URI = "file:///nowhere/script.pde"


def error_of(client):
    return client.next_reply().get("error", {}).get("code")


def frame(body):
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


def malformed(pdec, text):
    client = Client(pdec)
    assert client.request("textDocument/hover", {})["error"]["code"] == -32002
    client.initialize()
    client.open(URI, text)
    for body in (b"{", b"\xff\xfe", b'{"jsonrpc": "2.0", "id": 1, "method"',
                 b'{"jsonrpc": "2.0", "id": ' + b"[" * 100000):
        client.send_bytes(frame(body))
        assert error_of(client) == -32700, body[:40]
    for body in (b"[]", b"1", b'"text"', b"null", b'{"id": 7}', b"{}",
                 b'{"jsonrpc": "1.0", "id": 1, "method": "shutdown"}',
                 b'{"jsonrpc": "2.0", "id": 3}'):
        client.send_bytes(frame(body))
        assert error_of(client) == -32600, body
    # Heads without a length, with one that is none, and far too much.
    client.send_bytes(b"Content-Type: text\r\n\r\n")
    assert error_of(client) == -32700
    client.send_bytes(b"Content-Length: many\r\n\r\n")
    assert error_of(client) == -32700
    client.send_bytes(b"Content-Length: 20000000\r\n\r\n" + b"x" * 20000000)
    assert error_of(client) == -32700
    # Other heads around it, and letters of either case.
    body = json.dumps({"jsonrpc": "2.0", "id": 99, "method": "no/such"})
    client.send_bytes(b"content-length: %d\r\nContent-Type: a; b\r\n\r\n"
                      % len(body) + body.encode())
    assert error_of(client) == -32601
    wrong = [None, 1, [], {}, {"textDocument": 1}, {"textDocument": {}},
             {"textDocument": {"uri": URI}},
             {"textDocument": {"uri": URI}, "position": {"line": "one"}}]
    for params in wrong:
        for method in ("hover", "completion", "rename", "definition"):
            reply = client.request("textDocument/" + method, params)
            assert reply["error"]["code"] == -32602, (method, params)
        for method in ("didOpen", "didChange", "didClose"):
            client.notify("textDocument/" + method, params
                          if params != {"textDocument": {"uri": URI}} else {})
    # One of these has closed it. Places beyond the text are its ends.
    client.open(URI, text)
    for line, character in ((-5, 0), (0, -5), (0, 1 << 30), (1 << 30, 0),
                            (1 << 30, 1 << 30), (3, 1 << 30)):
        for method in ("hover", "completion", "signatureHelp", "definition"):
            reply = client.request("textDocument/" + method, {
                "textDocument": {"uri": URI},
                "position": {"line": line, "character": character}})
            assert "error" not in reply, (method, line, character)
    client.notify("no/such/notification", {})
    client.send({"id": "ours", "result": None})
    assert client.leave() == 0


def killed(pdec, text):
    """Whenever a client goes, and however, its server goes, too."""
    for after in range(4):
        client = Client(pdec)
        if after > 0:
            client.initialize()
        if after > 1:
            client.open(URI, text)
        if after > 2:
            client.send_bytes(b"Content-Length: 1000\r\n\r\n{")
        client.process.stdin.close()
        assert client.process.wait(timeout=60) == 1
    # One that reads no longer, either.
    server = subprocess.Popen([pdec, "lsp"], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE)
    server.stdout.close()
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize",
                       "params": {}}).encode()
    try:
        server.stdin.write(frame(body))
        server.stdin.close()
    except BrokenPipeError:
        pass
    assert server.wait(timeout=60) != 0
    # After 'shutdown' it has been told so.
    client = Client(pdec)
    client.initialize()
    client.request("shutdown")
    assert client.request("textDocument/hover", {})["error"]["code"] == -32600
    client.process.stdin.close()
    assert client.process.wait(timeout=60) == 0


def units(text):
    return len(text.encode("utf-16-le")) // 2


def position(text, index):
    line = text.count("\n", 0, index)
    return {"line": line,
            "character": units(text[text.rfind("\n", 0, index) + 1:index])}


def random_edits(pdec, text):
    """The server's text stays the client's: with the original put back word by
    word, what the server says is what it says of the original."""
    rng = random.Random(14)
    client = Client(pdec)
    client.initialize()
    client.open(URI, text)
    before = client.request("textDocument/semanticTokens/full",
                            {"textDocument": {"uri": URI}})["result"]
    version, now = 1, text
    undo = []
    for _ in range(60):
        begin = rng.randrange(len(now) + 1)
        end = min(len(now), begin + rng.choice((0, 0, 1, 3, 40)))
        new = rng.choice(("", "(", "{", "}", "\n", "𝜑", "let a = ", "fun f(u",
                          "1e", "'", "#", "evolve u from ", " x", "\r\n"))
        version += 1
        client.change(URI, version, [{
            "range": {"start": position(now, begin),
                      "end": position(now, end)}, "text": new}])
        undo.append((begin, now[begin:end], new))
        now = now[:begin] + new + now[end:]
        where = position(now, rng.randrange(len(now) + 1))
        for method in ("hover", "completion", "definition", "signatureHelp",
                       "prepareRename"):
            reply = client.request("textDocument/" + method, {
                "textDocument": {"uri": URI}, "position": where})
            assert "error" not in reply, reply
        for method in ("documentSymbol", "semanticTokens/full", "formatting"):
            reply = client.request("textDocument/" + method,
                                   {"textDocument": {"uri": URI}})
            assert "error" not in reply, reply
    for begin, old, new in reversed(undo):
        version += 1
        end = begin + len(new)
        client.change(URI, version, [{
            "range": {"start": position(now, begin),
                      "end": position(now, end)}, "text": old}])
        now = now[:begin] + old + now[end:]
    assert now == text
    after = client.request("textDocument/semanticTokens/full",
                           {"textDocument": {"uri": URI}})["result"]
    assert after == before
    # Many documents at once, each with its own text.
    for number in range(50):
        client.open(f"untitled:{number}", f"let a{number} = 1\n")
    for number in range(50):
        reply = client.request("textDocument/documentSymbol", {
            "textDocument": {"uri": f"untitled:{number}"}})
        assert [s["name"] for s in reply["result"]] == [f"a{number}"]
    assert client.leave() == 0


if __name__ == "__main__":
    with open(sys.argv[2], encoding="utf-8") as script:
        TEXT = script.read()
    malformed(sys.argv[1], TEXT)
    killed(sys.argv[1], TEXT)
    random_edits(sys.argv[1], TEXT)
    print("all answered")
