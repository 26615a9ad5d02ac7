"""Writes repositories, packs and bundles byte by byte, also those that no git would make."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from pathlib import Path

COMMIT, TREE, BLOB, TAG, REF_DELTA = 1, 2, 3, 4, 7
"""Kinds of objects in a pack (gitformat-pack(5))."""

NAMES = {"commit": COMMIT, "tree": TREE, "blob": BLOB, "tag": TAG}

PROGRAMS = {
    name: f"import socket\ns = socket.socket()  # {name}\n".encode()
    for name in ("etape1.py", "serveur.py", "client.py")
}
"""A submission that anybody may have handed in."""

WHEN_S = 1_790_000_000


class RawObjects:
    """Objects that are kept in memory until they are written, as a repository or as a bundle."""

    def __init__(self) -> None:
        self.objects: dict[str, tuple[str, bytes]] = {}
        self.references: dict[str, str] = {}

    def add(self, kind: str, data: bytes) -> str:
        """An object; its name."""
        oid = hashlib.sha1(f"{kind} {len(data)}\0".encode() + data).hexdigest()
        self.objects[oid] = kind, data
        return oid

    def tree(self, entries: Iterable[tuple[str, str | bytes, str]]) -> str:
        """A folder of (mode, name, object), in the order given."""
        parts = []
        for mode, name, oid in entries:
            raw = name if isinstance(name, bytes) else name.encode()
            parts.append(mode.encode() + b" " + raw + b"\0" + bytes.fromhex(oid))
        return self.add("tree", b"".join(parts))

    def files(self, files: dict[str, bytes] = PROGRAMS) -> list[tuple[str, str | bytes, str]]:
        """Files as a folder lists them, each under a plain name."""
        return [("100644", name, self.add("blob", data)) for name, data in sorted(files.items())]

    def commit(self, tree: str, *parents: str, when: str = f"{WHEN_S} +0000", more: str = "") -> str:
        """A commit of a folder."""
        lines = [f"tree {tree}", *(f"parent {parent}" for parent in parents)]
        lines += [f"author x <x@x> {when}", f"committer x <x@x> {when}"]
        return self.add("commit", ("\n".join(lines) + f"\n{more}\nx\n").encode())

    def branch(self, name: str, commit: str | None = None) -> str:
        """A hand-in's branch; with a good submission where no commit is given."""
        oid = commit or self.commit(self.tree(self.files()))
        self.references[f"refs/heads/rendu/{name}"] = oid
        return oid

    def write(self, path: Path, *, head: str = "ref: refs/heads/main", config: str = "") -> str:
        """All as a bare repository; its path."""
        for folder in ("objects/pack", "refs/heads"):
            (path / folder).mkdir(parents=True)
        (path / "HEAD").write_text(head + "\n")
        (path / "config").write_text("[core]\n\trepositoryformatversion = 0\n\tbare = true\n" + config)
        listed = sorted((name.encode(), oid) for name, oid in self.references.items())
        (path / "packed-refs").write_bytes(
            b"# pack-refs with: peeled fully-peeled sorted \n"
            + b"".join(f"{oid} ".encode() + name + b"\n" for name, oid in listed)
        )
        for oid, (kind, data) in self.objects.items():
            file = path / "objects" / oid[:2] / oid[2:]
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(zlib.compress(f"{kind} {len(data)}\0".encode() + data, 1))
        return str(path)

    def bundle(self, path: Path, *, head: bytes = b"# v2 git bundle\n", extra: Iterable[bytes] = ()) -> str:
        """All as a bundle, ``extra`` being packed objects of one's own; its path."""
        lines = b"".join(f"{oid} ".encode() + name.encode() + b"\n" for name, oid in self.references.items())
        packed = [packed_object(NAMES[kind], data) for kind, data in self.objects.values()]
        path.write_bytes(head + lines + b"\n" + pack([*packed, *extra]))
        return str(path)


def packed_object(kind: int, data: bytes, *, base: str = "", size: int | None = None) -> bytes:
    """An object as it stands in a pack; a delta names its base."""
    left = len(data) if size is None else size
    first, left = left & 15, left >> 4
    head = bytearray([kind << 4 | first])
    while left:
        head[-1] |= 0x80
        head.append(left & 0x7F)
        left >>= 7
    return bytes(head) + bytes.fromhex(base) + zlib.compress(data, 1)


def pack(objects: list[bytes]) -> bytes:
    """A pack of packed objects."""
    whole = b"PACK" + (2).to_bytes(4, "big") + len(objects).to_bytes(4, "big") + b"".join(objects)
    return whole + hashlib.sha1(whole).digest()


def copying_delta(base_size: int, times: int) -> bytes:
    """A delta that makes so many copies of its base, of 16 MB less a byte at most."""
    copy = b"\xf0" + base_size.to_bytes(3, "little")
    return _varint(base_size) + _varint(base_size * times) + copy * times


def _varint(number: int) -> bytes:
    parts = bytearray()
    while True:
        parts.append(number & 0x7F | (0x80 if number > 0x7F else 0))
        number >>= 7
        if not number:
            return bytes(parts)
