"""Whether a text is in what a program sent or showed: the one definition that harness and checks share."""

from __future__ import annotations

import re

_OPEN_BYTES = re.compile(rb"(?<![A-Za-z0-9_])[bB](['\"])[^'\"\n]*$")


def find_raw(text: str, data: bytes | bytearray, start: int = 0) -> int:
    """Where ``text`` begins in ``data`` from ``start`` on, in UTF-8 and unbroken; -1 where it does not."""
    return data.find(text.encode("utf-8"), start)


def find_displayed(text: str, data: bytes | bytearray, start: int = 0) -> int:
    r"""The same, leaving out what is shown as a bytes literal such as ``b'salut\n'``."""
    wanted = text.encode("utf-8")
    position = data.find(wanted, start)
    while position >= 0:
        line_start = max(data.rfind(b"\n", 0, position) + 1, position - 4096)
        opening = _OPEN_BYTES.search(bytes(data[line_start:position]))
        if opening is None:
            return position
        quote = opening.group(1)
        line_end = data.find(b"\n", position)
        rest = bytes(data[position + len(wanted) : line_end if line_end >= 0 else len(data)])
        if quote not in rest:
            return position
        position = data.find(wanted, position + 1)
    return -1
