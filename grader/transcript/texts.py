"""Whether a text is in what a program sent or showed: the one definition that harness and checks share."""

from __future__ import annotations

import re

_COLOUR = re.compile(rb"\x1b\[[0-9;]*m")
"""How a terminal is told to change colours (ECMA-48, SGR): between two letters it breaks no text."""


def came_through(text: str, data: bytes | bytearray) -> bool:
    """Whether ``text`` is in ``data``, in UTF-8 and unbroken."""
    wanted = text.encode("utf-8")
    return wanted in data or (b"\x1b" in data and wanted in _COLOUR.sub(b"", data))


def is_displayed(text: str, data: bytes | bytearray) -> bool:
    r"""The same, leaving out what is shown as a bytes literal such as ``b'salut\n'``."""
    wanted = text.encode("utf-8")
    shown = _COLOUR.sub(b"", data) if b"\x1b" in data else bytes(data)
    position = shown.find(wanted)
    while position >= 0:
        if not _is_in_literal(shown, position, position + len(wanted)):
            return True
        position = shown.find(wanted, position + 1)
    return False


def _is_in_literal(shown: bytes, start: int, end: int) -> bool:
    """Whether a piece of a line stands between ``b'`` and ``'``."""
    line_start = shown.rfind(b"\n", 0, start) + 1
    quote = max(shown.rfind(mark, line_start, start) for mark in (b"'", b'"'))
    if quote <= line_start or shown[quote - 1 : quote] not in (b"b", b"B"):
        return False
    line_end = shown.find(b"\n", end)
    return shown[quote : quote + 1] in shown[end : line_end if line_end >= 0 else len(shown)]
