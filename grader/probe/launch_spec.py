"""What the harness asks the probe to run: a line of fields between tabs, written and read by the same table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class LaunchSpec:
    """One program to start.

    Args:
        folder: its working directory, a copy of the submission.
        file: the program to run, in that folder.
        bind_host: the loopback address that its servers get.
        bind_ports: real ports by the port that it will ask for.
        dial: the peer that its connections reach; None where it has nobody to call.
        packet: a descriptor of the files to unpack into the folder, which goes beside the line; None where they are
            there.
        caps: what the program may use: names of getrlimit(2), and ROOM_BYTES and ROOM_FILES of its folder.
        token: what the probe puts before each fact: nobody else knows it.
        number: the launcher's, for this program.
    """

    def __init__(
        self,
        folder: str,
        file: str,
        bind_host: str,
        bind_ports: dict[int, int],
        dial: tuple[str, int] | None,
        packet: int | None = None,
        caps: dict[str, int] | None = None,
        token: str = "",
        number: int = 0,
    ) -> None:
        self.folder = folder
        self.file = file
        self.bind_host = bind_host
        self.bind_ports = bind_ports
        self.dial = dial
        self.packet = packet
        self.caps = caps or {}
        self.token = token
        self.number = number

    def line(self) -> str:
        """The spec as a line, without its packet."""
        return "\t".join(write(getattr(self, name)) for name, write, _ in _FIELDS) + "\n"


def read_line(line: str) -> LaunchSpec:
    """The spec in a line."""
    texts = line.rstrip("\n").split("\t")
    return LaunchSpec(**{name: read(text) for (name, _, read), text in zip(_FIELDS, texts, strict=True)})


def _write_pairs(values: dict[Any, int]) -> str:
    """Pairs such as ``4242:40001``, between spaces."""
    return " ".join(f"{name}:{value}" for name, value in values.items())


def _read_pairs(text: str) -> dict[str, int]:
    return {name: int(value) for name, _, value in (pair.partition(":") for pair in text.split())}


def _read_ports(text: str) -> dict[int, int]:
    return {int(asked): real for asked, real in _read_pairs(text).items()}


def _write_address(address: tuple[str, int] | None) -> str:
    return f"{address[0]}:{address[1]}" if address else ""


def _read_address(text: str) -> tuple[str, int] | None:
    host, _, port = text.partition(":")
    return (host, int(port)) if host else None


_FIELDS: tuple[tuple[str, Callable[[Any], str], Callable[[str], Any]], ...] = (
    ("number", str, int),
    ("folder", str, str),
    ("file", str, str),
    ("bind_host", str, str),
    ("bind_ports", _write_pairs, _read_ports),
    ("dial", _write_address, _read_address),
    ("caps", _write_pairs, _read_pairs),
    ("token", str, str),
)
"""The fields of a line in order: how each is written, and how it is read."""
