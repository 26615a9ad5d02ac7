"""Writes and reads the cells of tables: what a spreadsheet may take for a formula, and where each cell of a file is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..french import fold

BOM = b"\xef\xbb\xbf"

SIGNS = "=+\\-@＝＋－＠"
"""What a formula begins with, in a spreadsheet; the wide ones are taken for the narrow ones in East Asian settings."""

FORMULA = re.compile(rf"(^|[,;|\"])(?=\s*[{SIGNS}])")
"""Where a formula would begin: at the start of a cell, and behind what another spreadsheet takes for the end of one."""

DELIMITERS = ";", ",", "\t"


class BrokenTableError(Exception):
    """The cells of a file cannot be told from each other."""


@dataclass(frozen=True)
class Cell:
    """A cell of a file: its bytes, quotes included, are ``data[start:end]``."""

    start: int
    end: int
    text: str
    is_quoted: bool


def harmless_text(text: str) -> str:
    """A text as it may stand in a cell: one line, nothing that counts as a formula (OWASP: CSV Injection)."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return FORMULA.sub(r"\1'", line)


def heading_of(text: str) -> str:
    """A heading as it is compared: without capitals, accents, quotes and spaces too many."""
    return " ".join(fold(text.replace("’", "'")).strip("'\ufeff ").split())


def decoded(data: bytes) -> str:
    """A text that a spreadsheet has saved: UTF-8, UTF-16 with its mark, or else what Windows has in Western Europe."""
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def scan(data: bytes, delimiter: str, encoding: str) -> list[list[Cell]]:
    """The cells of each line, which may go over several lines of the file where it is quoted (RFC 4180).

    The standard library's reader says what is in a cell and not where it is, and its writer decides anew what to quote
    and how lines end; so what must stay byte for byte as it was cannot go through them.

    Args:
        data: in an encoding that has ASCII as it is.
        delimiter: between cells, one sign.
        encoding: of ``data``; what does not fit becomes U+FFFD in ``Cell.text``.

    Raises:
        BrokenTableError: a quote is never closed.
    """
    sign = re.escape(delimiter.encode("ascii"))
    end = rb"(?=%b|[\r\n]|\Z)" % sign
    cell = re.compile(
        rb'"((?:[^"]|"")*)"%b'
        rb'|"((?:[^"\\]|\\[\s\S]|"")*)"%b'  # what PHP's fputcsv makes of a quote behind a backslash
        rb"|([^%b\r\n]*)" % (end, end, sign)
    )
    rows: list[list[Cell]] = [[]]
    position = len(BOM) if data.startswith(BOM) else 0
    while True:
        found = cell.match(data, position)
        assert found is not None  # an empty cell is one
        quoted = found[1] if found[2] is None else found[2]
        bare = found[3]
        if quoted is None and bare.startswith(b'"') and bare.count(b'"') % 2:
            raise BrokenTableError
        content = bare if quoted is None else quoted.replace(b'""', b'"')
        text = content.decode(encoding, "replace")
        rows[-1].append(Cell(found.start(), found.end(), text, quoted is not None))
        position = found.end()
        if position == len(data):
            return rows
        if data[position : position + 1] == delimiter.encode("ascii"):
            position += 1
            continue
        position += 2 if data[position : position + 2] == b"\r\n" else 1
        if position == len(data):
            return rows
        rows.append([])


def raw(text: str, delimiter: str, *, is_quoted: bool) -> str:
    """A text as it is written in a file: quoted where it must be, or where ``is_quoted``."""
    if is_quoted or text != text.strip() or set(text) & {delimiter, '"', "\r", "\n"}:
        return '"' + text.replace('"', '""') + '"'
    return text
