"""Why what is typed does not arrive."""

from __future__ import annotations

from ..transcript.facts import Left, Refused
from . import loops
from .accents import encoding_of, made_text
from .code import called
from .finding import Case, Finding, first_found
from .lost import (
    READS,
    Detector,
    Lost,
    after_refusal,
    changed,
    closed_early,
    ended_early,
    lost_line,
    waits_for_other,
)

MANY = 20
"""Sends for one typed line, after which they do not stop."""

SENDS = ("send", "sendall", "sendto", "write", "sendmsg")


def not_sent(case: Case) -> Finding:
    """Why a typed line did not reach the other side."""
    if case.verdict.cause == "renvoie_tout":
        return Finding("renvoie_tout", case.verdict.place)
    if case.verdict.cause == "envoie_octets":
        return made_text(case) or Finding("envoie_octets", case.verdict.place)
    lost = lost_line(case)
    if lost is None:
        return ended_early(case, case.run)
    place = lost.last_line("send" if lost.number > 1 else "input") or case.verdict.place
    return first_found(DETECTORS, lost) or Finding("rien_envoye", place)


def _without_end(lost: Lost) -> Finding | None:
    sends = [one for one in lost.later if isinstance(one, Left) and one.call == "send"]
    if len(sends) > MANY or lost.is_repeated("peer"):
        return Finding("envoie_sans_fin", lost.outside_loop("input") or lost.last_line("send"))
    return None


def _refused(lost: Lost) -> Refused | None:
    """A send that failed after the move."""
    told = (one for one in lost.later if isinstance(one, Refused) and one.method in ("send", "sendall", "os.write"))
    return next(told, None)


def _written_wrong(lost: Lost) -> Finding | None:
    return loops.wrong_condition(lost.case) or loops.kept_lock(lost.case)


def _something_else(lost: Lost) -> Finding | None:
    """Something left, but not the line."""
    if not lost.answer.strip():
        return None
    found = loops.missing_f(lost.case) if "{" in lost.answer else None
    found = found or (encoding_of(lost.case) if "\0" in lost.answer else None)
    return found or changed(lost, "envoie_autre", lost.last_line("send"))


def _busy_elsewhere(lost: Lost) -> Finding | None:
    """The sender waits for something that is not the keyboard."""
    return waits_for_other(lost) if lost.call not in ("input", "stdin") else None


def _over(lost: Lost) -> Finding | None:
    return ended_early(lost.case, lost.run) if lost.is_over() else None


def _once_only(lost: Lost) -> Finding | None:
    """The first line left, and then no other."""
    if lost.number == 1 or lost.thread is not None:
        return None
    stop = loops.early_exit(lost.case, lost.last_line("input"))
    return stop or Finding("send_sans_boucle", lost.last_line("send"))


def _never_reads(lost: Lost) -> Finding | None:
    code = lost.case.code
    reads = code.calls(*READS) or "stdin" in code.source
    return None if reads else Finding("input_jamais", lost.function_place())


def _only_named(lost: Lost) -> Finding | None:
    named = lost.case.code.named_only("send", "sendall")
    return (
        None if named is None else Finding("sans_parentheses", lost.case.at(named.lineno), {"name": "." + named.attr})
    )


def _never_sends(lost: Lost) -> Finding | None:
    if lost.case.code.calls(*SENDS) or not lost.happened("stdin", "input"):
        return None
    again = loops.calls_itself(lost.case, lost.function)
    return again or Finding("send_jamais", lost.last_line("input"))


def _reads_too_much(lost: Lost) -> Finding | None:
    """The sender still waits for the keyboard, though a line was typed."""
    code = lost.case.code
    if lost.call not in ("input", "stdin"):
        return None
    everything = code.calls("read", "readlines")
    if everything:
        return Finding("lit_tout", lost.case.at(everything[0].lineno), {"name": called(everything[0])})
    twice = lost.happened("stdin", "input") and len(code.calls("input", "readline")) > 1
    return Finding("lit_deux_fois", lost.place) if twice else None


DETECTORS: tuple[Detector, ...] = (
    _without_end,
    after_refusal(_refused, alone=True),
    lambda lost: closed_early(lost.case, lost.run, lost.move),
    _written_wrong,
    after_refusal(_refused, alone=False),
    _something_else,
    _busy_elsewhere,
    _over,
    _once_only,
    _never_reads,
    _only_named,
    _never_sends,
    _reads_too_much,
)
"""Who looks for the reason, in this order: what is seen before what is read, the certain before the likely."""
