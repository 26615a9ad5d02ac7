"""Chooses, by facts alone, the mistake that each failed check is explained by, and the one to repair first."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from ..checks.chat import check_threads
from ..checks.rubric import RUBRIC, Row
from ..checks.verdict import Status, Verdict
from ..submission import PROGRAMS, Submission
from ..transcript.facts import Exited, Raised
from ..transcript.questions import listened, place_of
from ..transcript.record import Run, Transcript
from ..transcript.scenario_names import typing_first
from ..transcript.threads import chat_threads
from ..transcript.value import changed
from . import common
from .case import Case, Finding, each_of
from .code import Code, nearest
from .common import SANS_ACCEPT
from .conversation import index_of_next, is_after_the_end
from .explanation import Chosen, Explanation, explanation_of, waiting_for
from .mistake import Flags, mistakes_named_in
from .order import BY_CHECK
from .topics import connecting, duo, endings, files, hello, limits, loops, messages, receiving, sending, threads

CHAT = PROGRAMS[1:]

CAUSES = {
    mistake.slug: mistake
    for topic in (duo, common, endings, limits, loops, messages, connecting, sending, receiving, hello, threads)
    for mistake in mistakes_named_in(topic)
}
"""The mistakes that a check itself can see, by what it calls them; the other topics are imported only where needed."""

MOST_ERRORS = 40
"""Uncaught exceptions of a program that are looked at: of a flood the first explain it as well."""

ALONE = tuple(f"{program}.{check}" for program in CHAT for check in ("send", "reception", "threads", "join"))
"""The checks of the programs alone, which explain what fails between them."""

EXPLAINED_BY = {"duo.dialogue": ALONE, "duo.accents": ALONE, "bonus.long": ("duo.accents", *ALONE)}
"""The checks that fail for whatever another one has failed for; of several the first."""

FOLLOWS: dict[str, tuple[int, tuple[str, ...]]] = {
    "client.adresse": (Flags.MISPLACED, ("serveur.adresse",)),
    "etape1.fileno": (Flags.UNANSWERED, ("etape1.hello",)),
    "etape1.fin": (Flags.UNANSWERED, ("etape1.hello",)),
    "serveur.join": (Flags.ENDLESS, ("serveur.send", "serveur.reception")),
    "client.join": (Flags.ENDLESS, ("client.send", "client.reception")),
}
"""The checks that fail for some of the mistakes that others have failed for: what these mistakes are, and where."""


def explain(verdicts: dict[str, Verdict], transcript: Transcript, submission: Submission) -> dict[str, Explanation]:
    """An explanation for each check that did not pass."""
    chosen = choose(verdicts, transcript, submission)
    found: dict[str, Explanation] = {}
    for row in RUBRIC:
        if row.id in chosen:
            found[row.id] = explanation_of(row, chosen)
        elif verdicts[row.id].status is Status.SKIPPED:
            found[row.id] = waiting_for(row, verdicts[row.id].waits_for)
    return found


def first_to_repair(verdicts: dict[str, Verdict], explanations: dict[str, Explanation]) -> str:
    """The check that the student should repair first; empty if nothing failed. A bonus comes last."""
    failed = [row for row in RUBRIC if verdicts[row.id].status is Status.FAILED]
    first = next((row for row in failed if not row.is_bonus), failed[0] if failed else None)
    if first is None:
        first = next((row for row in RUBRIC if row.id in explanations and explanations[row.id].slug is not None), None)
    return explanations[first.id].home if first is not None else ""


def choose(verdicts: dict[str, Verdict], transcript: Transcript, submission: Submission) -> Chosen:
    """What explains each check best, and the program's side of it."""
    chosen: Chosen = {}
    for check, cases in cases_of(verdicts, transcript, submission).items():
        earlier = next((chosen[one] for one in EXPLAINED_BY.get(check, ()) if one in chosen), None)
        chosen[check] = earlier or next(candidates(cases, chosen))
    return chosen


def cases_of(
    verdicts: dict[str, Verdict], transcript: Transcript, submission: Submission
) -> dict[str, tuple[Case, ...]]:
    """The checks to explain, each with a case for every program that it is about; what was never reached comes last."""
    codes = {program: Code(one.file, one.source) for program, one in submission.programs.items()}

    def cases(row: Row, verdict: Verdict) -> tuple[Case, ...]:
        cause, programs = CAUSES[verdict.cause], (row.program,) if row.program else CHAT
        texts = {one: codes.get(one) or Code(one + ".py", "") for one in programs}
        return tuple(Case(one, row, verdict, cause, transcript, submission, texts[one]) for one in programs)

    found = {row.id: cases(row, verdicts[row.id]) for row in RUBRIC if verdicts[row.id].status is Status.FAILED}
    for row in RUBRIC:
        if _is_never_reached(row, verdicts):
            place = place_of(listened(transcript.run(typing_first(row.program))))
            found[row.id] = cases(row, Verdict(Status.FAILED, "", SANS_ACCEPT.slug, place))
    return found


def _is_never_reached(row: Row, verdicts: dict[str, Verdict]) -> bool:
    """Whether a program is where it should be, and yet could not be talked to: it does not accept."""
    reached, verdict = verdicts.get(f"{row.program}.adresse"), verdicts[row.id]
    skipped = row.id == f"{row.program}.send" and verdict.status is Status.SKIPPED and not verdict.seen
    return skipped and reached is not None and reached.status is Status.PASSED


# --- one failed check -----------------------------------------------------------------------------------------------


def candidates(cases: Sequence[Case], chosen: Chosen) -> Iterator[tuple[Case, Finding]]:
    """All that may explain a failed check, the likeliest first.

    Args:
        cases: the check's, one for each program that it is about.
        chosen: what explains the checks before it.
    """
    for case in cases:
        yield from ((case, found) for found in _of_program(case))
    if any(case.program not in case.submission.programs for case in cases):
        return  # what a check has seen of nothing says nothing
    closer = ((case, found) for case in cases for found in _of_check(case, chosen))
    first = next(closer, (cases[0], Finding(cases[0].cause, cases[0].verdict.place)))
    yield from itertools.chain((first,), closer)


def _of_program(case: Case) -> Iterator[Finding]:
    """What is wrong with a whole program, if that explains the verdict."""
    if case.program not in case.submission.programs:
        yield from files.missing(case)
        return
    yield from each_of((limits.out_of_sight, limits.ended_for), case)
    stopped = _with_exception(case)
    yield from each_of((files.unreadable, files.hides_a_module), stopped)
    misspelt = case.check == "fileno" and any(nearest(one.attr, ("fileno",)) for one in case.code.attributes)
    if stopped.error is not None and (misspelt or not case.cause.flags & Flags.SPEAKS):
        from .exceptions import explain_error  # 1 ms that only an exception is worth

        yield from explain_error(stopped)
    yield from files.left_to_do(case)


def _with_exception(case: Case) -> Case:
    """The same case with the first uncaught exception that can have to do with it, if there is one."""
    for run in case.deciding_runs:
        errors = [error for error in run.of(Raised, case.program)[:MOST_ERRORS] if _concerns(case, error, run)]
        if errors:
            # Which of two threads fails first is luck; which was made first is not.
            until = index_of_next(run, errors[0])
            rivals = [one for one in errors if one.thread != 1 and run.position(one) <= until]
            first = min(rivals if errors[0].thread != 1 else errors[:1], key=lambda one: one.thread)
            return changed(case, error=first, seen_in=run)
    return case


def _concerns(case: Case, error: Raised, run: Run) -> bool:
    """Whether an exception came in time, and in the thread, to explain a failed check."""
    over = is_after_the_end(run, error)
    if case.check not in ("join", "fin", "propre") and over:
        return False
    if case.check == "join" and over and error.thread != 1 and "RuntimeError" not in error.bases:
        return False  # a thread that ends so has ended: the program's status does not show it
    pair = chat_threads(run, case.program)
    if error.thread == 1 or pair is None or case.check not in ("send", "reception"):
        return True
    return error.thread != pair[1 if case.check == "send" else 0].number


def _of_check(case: Case, chosen: Chosen) -> Iterator[Finding]:
    """What the check's own detectors say; first, whether something else is to blame for it."""
    yield from _threads_to_blame(case)
    yield from _followed(case, chosen)
    detect = connecting.not_reached if case.cause.flags & Flags.NEVER_DONE else BY_CHECK.get(case.check)
    for found in detect(case) if detect is not None else ():
        if found.mistake.flags & Flags.VAGUE and case.code.handlers:
            from .topics.names import uncaught_name

            yield from uncaught_name(case)
        yield found


def _threads_to_blame(case: Case) -> Iterator[Finding]:
    """The mistake with threads that stops messages and the end as well, if the threads are not in order."""
    elsewhere = case.cause.flags & (Flags.CHANGED | Flags.NEVER_DONE)
    if case.check not in ("send", "reception", "join", "threads") or elsewhere:
        return
    verdict = check_threads(case.transcript, case.program)
    if verdict.status is not Status.FAILED:
        yield from threads.without_run(case)
        return
    found = threads.no_two_threads(changed(case, verdict=verdict, cause=CAUSES[verdict.cause]))
    yield from itertools.takewhile(lambda one: case.check == "threads" or one.mistake.flags & Flags.ROOT, found)


def _followed(case: Case, chosen: Chosen) -> Iterator[Finding]:
    """The mistake that another check has failed for, if this one fails for it, too."""
    flag, checks = FOLLOWS.get(case.row.id, (0, ()))
    ended = case.program == "etape1" and case.run.has(Exited)
    elsewhere = case.check == "adresse" and not case.cause.flags & Flags.UNMET
    for check in checks if not ended and not elsewhere else ():
        if check in chosen and chosen[check][1].mistake.flags & flag:
            yield chosen[check][1]
