"""Which detectors are asked about a failed check, and in what order: the certain before the likely."""

from __future__ import annotations

from collections.abc import Iterator

from ..transcript.value import changed
from .case import Case, Detector, Finding, each_of
from .conversation import closed_before, first_undelivered, undelivered
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


def _refused_call(case: Case) -> Iterator[Finding]:
    """A call on a socket failed, and the program has caught it."""
    yield from each_of((windows.only_posix, socket_errors.of_socket), case)


def _refused_first(case: Case) -> Iterator[Finding]:
    """A call on the socket failed, and nothing had been closed before."""
    message = undelivered(case)
    refusal = messages.refused(message)
    if refusal is not None and not closed_before(message.run, refusal):
        yield from _refused_call(changed(case, refusal=refusal))


def _refused(case: Case) -> Iterator[Finding]:
    refusal = messages.refused(undelivered(case))
    if refusal is not None:
        yield from _refused_call(changed(case, refusal=refusal))


NOT_SENT: tuple[Detector, ...] = (
    messages.without_end,
    _refused_first,
    messages.closed,
    loops.wrong_condition,
    loops.kept_lock,
    _refused,
    loops.missing_f,
    duo.wide_letters,
    messages.altered,
    messages.busy_elsewhere,
    messages.over,
    loops.once_only,
    messages.never_takes,
    uncalled("send", "sendall"),
    sending.never_sends,
    sending.reads_too_much,
    messages.nothing_known,
)
"""Who looks for the reason why a typed line did not arrive."""

NOT_SHOWN: tuple[Detector, ...] = (
    receiving.as_bytes,
    messages.without_end,
    _refused_first,
    messages.closed,
    _refused,
    loops.wrong_condition,
    receiving.inverted_test,
    loops.kept_lock,
    uncalled("decode", "recv"),
    receiving.in_pieces,
    messages.never_takes,
    loops.missing_f,
    messages.altered,
    messages.busy_elsewhere,
    messages.over,
    loops.once_only,
    receiving.received_for_nothing,
    receiving.loop_never_begins,
    messages.nothing_known,
)
"""Who looks for the reason why a message was not shown."""


def _not_sent(case: Case) -> Iterator[Finding]:
    """Why a typed line did not reach the other side."""
    if case.cause is sending.ENVOIE_OCTETS:
        yield from duo.made_text(case)
    yield from sending.seen_by_check(case)
    message = first_undelivered(case)
    if message is None:
        yield from messages.ended_early(case)
    else:
        yield from each_of(NOT_SENT, changed(case, message=message))


def _not_shown(case: Case) -> Iterator[Finding]:
    """Why a message of the other side was not shown."""
    message = first_undelivered(case)
    if message is None:
        yield from messages.ended_early(changed(case, seen_in=case.runs[-1]))
    else:
        yield from each_of(NOT_SHOWN, changed(case, message=message))


def _not_hello(case: Case) -> Iterator[Finding]:
    """Why the answer of Étape 1 is not the right one, or does not come."""
    yield from hello.wrong_answer(case)
    yield from uncalled("send", "sendall", "sendto")(case)
    refusal = hello.refused(case)
    if refusal is not None:
        yield from _refused_call(changed(case, refusal=refusal))
    yield from hello.no_answer(case)


def _no_end(case: Case) -> Iterator[Finding]:
    """Why the program does not end with its threads."""
    run = endings.hanging(case)
    if run is None:
        yield from endings.ended_badly(case)
    else:
        hanging = changed(case, seen_in=run)
        yield from each_of((endings.deaf_loop, loops.kept_lock, endings.held_up), hanging)


BY_CHECK: dict[str, Detector] = {
    "ecoute": connecting.not_reached,
    "adresse": connecting.not_reached,
    "hello": _not_hello,
    "fileno": hello.no_descriptor,
    "fin": hello.not_over,
    "send": _not_sent,
    "reception": _not_shown,
    "threads": threads.no_two_threads,
    "join": _no_end,
    "relance": connecting.too_late_again,
    "accents": duo.encoding_of,
    "dialogue": duo.lines_without_end,
    "long": duo.cut,
}
"""Who looks closer, by the last part of the check's id."""
