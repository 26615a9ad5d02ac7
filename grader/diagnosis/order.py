"""Which detectors are asked about a failed check, and in what order: the certain before the likely."""

from __future__ import annotations

from collections.abc import Callable

from ..transcript.facts import Refused
from .conversation import Detector, Lost, closed_before, lost_line
from .finding import Case, Finding, first_found
from .topics import (
    connecting,
    duo,
    endings,
    hello,
    loops,
    messages,
    receiving,
    sending,
    socket_errors,
    threads,
    windows,
)
from .uncalled import uncalled


def of_case(detect: Callable[[Case], Finding | None]) -> Detector:
    """A detector that looks at the whole program, among those that look at the line that was lost."""
    return lambda lost: detect(lost.case)


def refused_call(case: Case, refused: Refused) -> Finding:
    """A call on a socket failed, and the program has caught it."""
    posix = windows.only_posix(case.transcript, refused, case.run, case.code)
    return posix or socket_errors.caught(case, refused)


def after_refusal(find: Callable[[Lost], Refused | None], *, alone: bool) -> Detector:
    """Blames a call on the socket that failed; ``alone``: only if nothing had been closed before."""

    def detect(lost: Lost) -> Finding | None:
        refused = find(lost)
        if refused is None or (alone and closed_before(lost.run, refused)):
            return None
        return refused_call(lost.case, refused)

    return detect


NOT_SENT: tuple[Detector, ...] = (
    sending.without_end,
    after_refusal(sending.refused, alone=True),
    messages.closed,
    of_case(loops.wrong_condition),
    of_case(loops.kept_lock),
    after_refusal(sending.refused, alone=False),
    loops.missing_f,
    duo.wide_letters,
    messages.changed,
    messages.busy_elsewhere,
    messages.over,
    loops.once_only,
    sending.never_reads,
    lambda lost: uncalled(lost.case.code, "send", "sendall"),
    sending.never_sends,
    sending.reads_too_much,
)
"""Who looks for the reason why a typed line did not arrive."""

NOT_SHOWN: tuple[Detector, ...] = (
    receiving.as_bytes,
    receiving.without_end,
    after_refusal(receiving.refused, alone=True),
    messages.closed,
    after_refusal(receiving.refused, alone=False),
    of_case(loops.wrong_condition),
    receiving.inverted_test,
    of_case(loops.kept_lock),
    lambda lost: uncalled(lost.case.code, "decode", "recv"),
    receiving.in_pieces,
    receiving.never_receives,
    loops.missing_f,
    messages.changed,
    messages.busy_elsewhere,
    messages.over,
    loops.once_only,
    receiving.received_for_nothing,
    receiving.loop_never_begins,
)
"""Who looks for the reason why a message was not shown."""


def not_sent(case: Case) -> Finding:
    """Why a typed line did not reach the other side."""
    seen = sending.seen_by_check(case)
    if seen is not None:
        return (duo.made_text(case) if seen.mistake is sending.ENVOIE_OCTETS else None) or seen
    lost = lost_line(case)
    if lost is None:
        return messages.ended_early(case, case.run)
    return first_found(NOT_SENT, lost) or sending.nothing_known(lost)


def not_shown(case: Case) -> Finding:
    """Why a message of the other side was not shown."""
    lost = lost_line(case)
    if lost is None:
        return messages.ended_early(case, case.runs[-1])
    return first_found(NOT_SHOWN, lost) or receiving.nothing_known(lost)


def not_hello(case: Case) -> Finding:
    """Why the answer of Étape 1 is not the right one, or does not come."""
    found = hello.wrong_answer(case) or uncalled(case.code, "send", "sendall", "sendto")
    refused = hello.refused(case)
    if found is None and refused is not None:
        return refused_call(case, refused)
    return found or hello.no_answer(case)


def no_end(case: Case) -> Finding:
    """Why the program does not end with its threads."""
    run = endings.hanging(case)
    if run is None:
        return endings.ended_badly(case)
    return endings.deaf_loop(case, run) or loops.kept_lock(case) or endings.held_up(case, run)


def between(case: Case) -> Finding | None:
    """What is wrong between the two programs, where each alone is right."""
    if case.row.id == "duo.accents":
        return duo.encoding_of(case)
    if case.row.id == "duo.dialogue":
        return duo.lines_without_end(case)
    if case.row.id == "bonus.long":
        return duo.cut(case)
    return None


BY_CHECK: dict[str, Callable[[Case], Finding | None]] = {
    "ecoute": connecting.not_reached,
    "adresse": connecting.not_reached,
    "hello": not_hello,
    "fileno": hello.no_descriptor,
    "fin": hello.not_over,
    "send": not_sent,
    "reception": not_shown,
    "threads": threads.no_two_threads,
    "join": no_end,
    "relance": connecting.too_late_again,
}
"""Who looks closer, by the last part of the check's id."""
