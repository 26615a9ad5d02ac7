"""Why accents, or long messages, do not survive the journey between two programs."""

from __future__ import annotations

import ast

from ..transcript.facts import Heard, Said
from ..transcript.questions import lines
from .code import called, kind_of
from .finding import Case, Finding
from .lost import last_line

SMALL = 40
"""Bytes: a recv of no more cuts the messages of a chat."""

LOSSY = ("ignore", "replace", "backslashreplace", "xmlcharrefreplace")
"""What encode and decode can be told to do with what they do not know."""

UTF_8 = ("utf-8", "utf8", "u8")


def encoding_of(case: Case) -> Finding | None:
    """Why accents do not arrive: a rule that does not know them, on one side or on both."""
    for call in case.code.calls("encode", "decode", "bytes", "str"):
        found = _rule(case, call)
        if found is not None:
            return found
    written = made_text(case)
    if written is not None:
        return written
    small = small_recv(case)
    return None if small is None else Finding("accents_coupes", case.at(small[0]), {"size": octets(small[1])})


def made_text(case: Case) -> Finding | None:
    """Bytes are given to str(), which writes them as b'…'."""
    shown = next((call for call in case.code.calls("str", "repr") if len(call.args) == 1 and not call.keywords), None)
    if shown is not None and kind_of(shown.args[0], case.code) == "bytes":
        return Finding("str_sur_octets", case.at(shown.lineno))
    return None


def _rule(case: Case, call: ast.Call) -> Finding | None:
    """A rule other than UTF-8, or one that throws away what it does not know."""
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    texts = [one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    if called(call) in ("bytes", "str"):
        texts = texts[-1:] if len(call.args) > 1 else []
    lossy = next((text for text in texts if text in LOSSY), "")
    rule = next((text for text in texts if text != lossy and text.lower().replace("_", "-") not in UTF_8), "")
    if rule:
        return Finding("encodages_differents", case.at(call.lineno), {"name": rule})
    return Finding("accents_jetes", case.at(call.lineno), {"name": lossy}) if lossy else None


def small_recv(case: Case) -> tuple[int, int] | None:
    """The line and the size of a recv that takes very little."""
    for call in case.code.calls("recv"):
        size = case.code.resolve(call.args[0]) if call.args else None
        if isinstance(size, ast.Constant) and isinstance(size.value, int) and size.value <= SMALL:
            return call.lineno, size.value
    return None


def octets(count: int) -> str:
    """A number of bytes, in French."""
    return "un seul octet" if count == 1 else f"{count} octets"


def lines_without_end(case: Case) -> Finding | None:
    """One program reads whole lines, and the other sends none: nothing ends its messages."""
    other = "client" if case.actor == "serveur" else "serveur"
    run = case.transcript.run(f"{other}.parle")
    heard = "".join(one.text for one in run.of(Heard, other))
    if not case.code.calls("readline", "makefile") or not heard or "\n" in heard:
        return None
    program = case.submission.programs.get(other)
    values = {"other": case.code.file, "file": program.file if program else other}
    return Finding("fin_de_ligne_absente", last_line(run, other, "send"), values)


def cut(case: Case) -> Finding | None:
    """Where a long message is cut."""
    run = case.transcript.run(f"{case.actor}.long")
    found = lines(run, Said, case.actor, case.actor)
    if found and all(line.came for line in found):
        return None
    return Finding("long_coupe", last_line(run, case.actor, "recv"))
