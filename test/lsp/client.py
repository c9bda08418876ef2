"""A client of `pdec lsp`, as small as one can be.

Messages are read by a thread of their own, so that neither side waits for the
other with a full pipe. Diagnostics of a document are kept as they were told
last; how often they are told depends on time.
"""

import json
import queue
import subprocess
import threading


class Client:
    def __init__(self, pdec, environment=None):
        self.process = subprocess.Popen(
            [pdec, "lsp", "--stdio"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, env=environment)
        self.received = queue.Queue()
        self.diagnostics = {}
        self.versions = {}
        self.next_id = 1
        self.unsent = b""
        threading.Thread(target=self.read_all, daemon=True).start()

    # -- messages -------------------------------------------------------------

    def read_all(self):
        stream = self.process.stdout
        while True:
            length = None
            for line in iter(stream.readline, b"\r\n"):
                if not line:
                    self.received.put(None)
                    return
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            self.received.put(json.loads(stream.read(length)))

    def send_bytes(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message, is_more_to_come=False):
        """What is not sent at once goes with the next message."""
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.unsent += b"Content-Length: %d\r\n\r\n" % len(body) + body
        if not is_more_to_come:
            self.send_bytes(self.unsent)
            self.unsent = b""

    def next_message(self, timeout=60):
        """The next message; None at the end. Notes diagnostics."""
        message = self.received.get(timeout=timeout)
        if message and message.get("method") == (
                "textDocument/publishDiagnostics"):
            told = message["params"]
            self.diagnostics[told["uri"]] = told["diagnostics"]
            self.versions[told["uri"]] = told.get("version")
        return message

    def next_reply(self):
        while True:
            message = self.next_message()
            if message is None or "method" not in message:
                return message

    # -- what a client says ---------------------------------------------------

    def request(self, method, params=None):
        """The whole answer: with a result or an error."""
        number = self.next_id
        self.next_id += 1
        self.send({"id": number, "method": method, "params": params})
        while True:
            reply = self.next_reply()
            if reply is None or reply.get("id") == number:
                return reply

    def notify(self, method, params=None, is_more_to_come=False):
        self.send({"method": method, "params": params}, is_more_to_come)

    def initialize(self):
        reply = self.request("initialize", {"capabilities": {}})
        self.notify("initialized", {})
        return reply

    def open(self, uri, text, version=1):
        self.notify("textDocument/didOpen", {"textDocument": {
            "uri": uri, "languageId": "pde", "version": version,
            "text": text}})

    def change(self, uri, version, changes, is_more_to_come=False):
        self.notify("textDocument/didChange", {
            "textDocument": {"uri": uri, "version": version},
            "contentChanges": changes}, is_more_to_come)

    def everything(self, uri):
        """What there is to be told of a document, proofs included."""
        whole = {"start": {"line": 0, "character": 0},
                 "end": {"line": 1 << 20, "character": 0}}
        return self.request("textDocument/inlayHint", {
            "textDocument": {"uri": uri}, "range": whole})

    def leave(self):
        """Politely; the server's exit code."""
        self.request("shutdown")
        self.notify("exit")
        return self.process.wait(timeout=60)
