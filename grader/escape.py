"""Escapes whatever comes from somebody else, for show: it is cut, and what could act or hide is spelled out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from .transcript.place import Place
from .transcript.value import Value, changed

T = TypeVar("T")

MAX_SENTENCE = 1500
"""Characters of a sentence: what a program printed may be in it, and a page must stay one that can be read."""

MAX_CHARACTERS = {"message": 3000, "hint": 3000, "blocked": 400, "text": 400, "submission": 255, "file": 255}
"""The same of the fields that are no sentence: two or more of them; what a thread waits for; what fits into no picture
and no line; the name of a file, which no system lets be longer."""

MAX_READ = 100_000
"""Of any text that are looked at: a file may have a word of 5 MB."""

MAX_WORD = 200
"""Of one word: the sentence goes on behind a name that never ends."""

MAX_ITEMS = 24
"""Sentences or arrows in a row; the checks of the rubric are fewer."""

MAX_LINE = 10**9
"""No file has so many lines: a place beyond is none."""

MAX_NAME = 60
"""Of the name of a file in a sentence; the system allows 255."""

MOST_MARKS = 4
"""Accents that a letter carries in any script; more of them only climb over the lines above."""

PLAIN = "[ -~¡-¬®-ÿŒœŸ‘-”–—…«»]*"
"""What needs no look."""

LONG_WORD = rf"(?<!\S)(\S{{{MAX_WORD}}})\S+"

_SIGN = (
    "[©®‼⁉™ℹ←-⇿⌀-⏿Ⓜ■-➿⤴⤵⬀-⯿〰〽㊗㊙\U0001f000-\U0001f3fa\U0001f400-\U0001faff][\ufe0e\ufe0f]?[\U0001f3fb-\U0001f3ff]?"
)
TOKEN = (
    "(?s)[0-9#*]\ufe0f?\u20e3"  # keycaps
    "|\U0001f3f4\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074"
    "|\U000e0077\U000e006c\U000e0073)\U000e007f"  # the flags of England, Scotland and Wales
    f"|{_SIGN}(?:\u200d{_SIGN}){{0,9}}|."
)
"""A character, or an emoji with the invisible ones that belong to it: elsewhere these are spelled out. Compiled, which
takes 1 ms, only where it is needed; so are the others."""

BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\U00016fe4") | {
    chr(code) for first, end in ((0x180B, 0x1810), (0xFE00, 0xFE10), (0xE0100, 0xE01F0)) for code in range(first, end)
}
"""Letters and accents that nobody sees, although Python calls them printable."""


def escape(text: str, limit: int = MAX_SENTENCE) -> str:
    """A text that can be read and does nothing: no control, no line end, no mark of direction is left in it.

    Args:
        text: any text, lone surrogates too.
        limit: the characters that it may have; … stands for what is left out.
    """
    # A character can take ten once it is spelled out, so it is cut twice; the first cut must not go unseen.
    head = text[:MAX_READ][: limit + 1]
    if re.search(LONG_WORD, head):  # what is behind the word moves up
        head = re.sub(LONG_WORD, r"\1…", text[:MAX_READ])[: limit + 1]
    parts = list(head) if re.fullmatch(PLAIN, head) else _parts(head)
    size = sum(map(len, parts))
    if size > limit:
        while size >= limit:
            size -= len(parts.pop())
        parts.append("…")
    return "".join(parts)


def _parts(text: str) -> list[str]:
    """The characters of a text, each as it is shown."""
    parts: list[str] = []
    marks = MOST_MARKS + 1  # those on the letter before; there is none yet that could carry one
    for sign in re.findall(TOKEN, text):
        if not _is_seen(sign):
            parts.append(sign.encode("unicode_escape").decode("ascii"))
            marks = MOST_MARKS + 1
        elif unicodedata.category(sign[0])[0] != "M":
            parts.append(sign)
            marks = MOST_MARKS + 1 if sign == " " else 0
        elif marks <= MOST_MARKS:
            parts.append(sign if marks < MOST_MARKS else "…")
            marks += 1
        elif parts[-1:] != ["…"]:  # where they were cut, those that follow are left out
            parts.append(sign.encode("unicode_escape").decode("ascii"))
    return parts


def _is_seen(sign: str) -> bool:
    """Whether there is something to see; older Pythons do not know the newer emoji."""
    return sign not in BLANK and (len(sign) > 1 or sign.isprintable() or "\U0001f300" <= sign <= "\U0001faff")


def shown(name: str, most: int = MAX_NAME) -> str:
    """The name of a file as it may stand in a sentence: escaped, and cut in the middle, as its end tells most."""
    safe = "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in name)
    return safe if len(safe) <= most else f"{safe[: most // 2]}…{safe[-most // 3 :]}"


def quoted(path: str) -> str:
    """A path as it may stand in a command line."""
    return f'"{path}"' if set(path) & set(" &'()!$;%{}") else path


def escaped(value: T, limit: int = MAX_SENTENCE) -> T:
    """The same data with every text in it escaped.

    Raises:
        TypeError: it holds something else than texts, numbers, enums, and tuples, dataclasses and values of them, in
            which a text might have been missed.
    """
    made: Any = value
    if isinstance(made, str):
        made = escape(made, limit)
    elif isinstance(made, tuple):
        kept = tuple(escaped(one, limit) for one in made[:MAX_ITEMS])
        made = (*kept, "…") if len(made) > MAX_ITEMS and isinstance(made[0], str) else kept
    elif isinstance(made, Place) and not 0 < made.line < MAX_LINE:
        made = None
    elif isinstance(made, Value):
        made = changed(made, **_escaped_fields(made, made.FIELDS, limit))
    elif is_dataclass(made) and not isinstance(made, type):
        made = replace(made, **_escaped_fields(made, [field.name for field in fields(made)], limit))
    elif made is not None and not isinstance(made, (int, float, Enum)):
        raise TypeError(f"no text can be found in {made!r}")
    return made  # type: ignore[no-any-return]


def _escaped_fields(made: object, names: Iterable[str], limit: int) -> dict[str, Any]:
    return {name: escaped(getattr(made, name), MAX_CHARACTERS.get(name, limit)) for name in names}
