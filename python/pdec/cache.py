"""Compiled scripts by content, in a folder that processes share.

A library's name is the hash of all that it depends on. It is written beside its
place and then moved there, so that it is there whole or not at all; a lock
keeps processes that want the same one from all making it."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import tempfile
from typing import Callable, Iterator, Sequence

_NUM_LOCKS = 16


def folder() -> str:
    """$PDEC_CACHE, or pdec's place among the user's caches. Where there is no
    place to write, one for this process only."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(
        os.path.expanduser("~"), ".cache")
    path = os.environ.get("PDEC_CACHE") or os.path.join(base, "pdec")
    try:
        os.makedirs(path, mode=0o700, exist_ok=True)
        if os.access(path, os.W_OK | os.X_OK) and _is_ours(path):
            return path
    except OSError:
        pass
    return _own_folder()


def _is_ours(path: str) -> bool:
    """What others can write to, they can put code into."""
    status = os.stat(path)
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022


_temporary: "list[tempfile.TemporaryDirectory[str]]" = []


def _own_folder() -> str:
    if not _temporary:
        _temporary.append(tempfile.TemporaryDirectory(prefix="pdec-"))
    return _temporary[0].name


def key_of(parts: Sequence[str]) -> str:
    """A name for what these parts make."""
    digest = hashlib.sha256()
    for part in parts:
        text = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(text) + text)
    return digest.hexdigest()[:40]


@contextlib.contextmanager
def _lock(where: str, key: str) -> Iterator[None]:
    name = "lock-%x" % (int(key, 16) % _NUM_LOCKS)
    descriptor = os.open(os.path.join(where, name), os.O_RDWR | os.O_CREAT,
                         0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def library(key: str, make: Callable[[str], str]) -> "tuple[str, str]":
    """The path of the library of that name, and what the compiler said when it
    was made; `make(path)` makes it and returns that."""
    where = folder()
    path = os.path.join(where, key + ".so")
    notes = os.path.join(where, key + ".txt")
    while True:
        if not os.path.exists(path):
            with _lock(where, key):
                if not os.path.exists(path):
                    _make(where, path, notes, make)
        # Another process may have removed them since.
        with contextlib.suppress(FileNotFoundError):
            with open(notes, encoding="utf-8") as file:
                return path, file.read()
        remove(path)


def _make(where: str, path: str, notes: str, make: Callable[[str], str]
          ) -> None:
    with tempfile.TemporaryDirectory(prefix="new-", dir=where) as new:
        made, said = os.path.join(new, "made.so"), os.path.join(new, "said.txt")
        text = make(made)
        with open(said, "w", encoding="utf-8") as file:
            file.write(text)
        # Before it has its name: a machine that stops must not leave half.
        for one in (said, made):
            with open(one, "rb") as file:
                os.fsync(file.fileno())
        # The library comes last, as it is what others look for.
        os.replace(said, notes)
        os.replace(made, path)


def remove(path: str) -> None:
    """Removes a library, so that it will be made again."""
    for one in (path, os.path.splitext(path)[0] + ".txt"):
        with contextlib.suppress(FileNotFoundError):
            os.remove(one)


def clear() -> None:
    """Removes all that was compiled, here and by other processes. Programs that
    are loaded go on."""
    where = folder()
    for name in os.listdir(where):
        if name.endswith(".so"):
            remove(os.path.join(where, name))
