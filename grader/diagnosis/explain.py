"""Chooses, by facts alone, the mistake that each failed check is explained by, and the one to repair first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ..checks.chat import check_threads
from ..checks.rubric import RUBRIC, Row
from ..checks.verdict import Status, Verdict
from ..submission import PROGRAMS, Submission
from ..transcript.facts import Exited, Raised, SocketMade, ThreadStarted
from ..transcript.place import Place
from ..transcript.questions import chat_threads, connected, listened, place_of
from ..transcript.record import Run, Transcript
from . import common
from .case import Case, Finding
from .code import Code, nearest
from .common import JAMAIS_DEMARRE, SANS_ACCEPT, SANS_JOIN, SOCKET_FERMEE
from .conversation import index_of_next, is_after_the_end, moment
from .exchange import Exchange
from .lessons import TODOS
from .mistake import Flags, mistakes_named_in
from .order import BY_CHECK, between
from .picture import picture
from .topics import (
    connecting,
    duo,
    endings,
    files,
    hello,
    limits,
    loops,
    messages,
    receiving,
    sending,
    threads,
    windows,
)
from .topics.connecting import ADRESSES_DIFFERENTES, PORTS_DIFFERENTS
from .topics.files import A_FAIRE, MODULE_CACHE
from .topics.limits import HORS_DE_VUE, TEMOIGNAGE_FAUX
from .vocabulary import MODULES as STANDARD
from .waiting import waiting

CHAT = PROGRAMS[1:]


@dataclass(frozen=True, eq=False, repr=False)  # each method takes 0.2 ms to make
class Explanation:
    """Why a check did not pass, and what to do.

    Attributes:
        slug: the mistake; None where no mistake is known.
        place: the line to look at, if any.
        home: the id of the check where the mistake belongs; other checks only follow from it.
        cause: the likely cause, in French.
        step: the one next step, in French.
        question: a nudge that gives less than the step.
        lesson: the heading of the subject to read again.
        error: what Python itself said of it; empty for no exception.
        blocked: who waits where and for what, if the program hangs.
        exchange: the picture of what was said, if it helps.
    """

    slug: str | None
    place: Place | None
    home: str
    cause: str = ""
    step: str = ""
    question: str = ""
    lesson: str = ""
    error: str = ""
    blocked: tuple[str, ...] = ()
    exchange: Exchange | None = None


def explain(verdicts: dict[str, Verdict], transcript: Transcript, submission: Submission) -> dict[str, Explanation]:
    """An explanation for each check that did not pass."""
    codes = {actor: Code(one.file, one.source) for actor, one in submission.programs.items()}
    cases: dict[str, tuple[Case, Finding]] = {}
    for row in RUBRIC:
        if verdicts[row.id].status is Status.FAILED:
            cases[row.id] = _explain(row, verdicts[row.id], transcript, submission, codes, cases)
    cases |= _never_reached(verdicts, transcript, submission, codes)
    found: dict[str, Explanation] = {}
    for row in RUBRIC:
        verdict = verdicts[row.id]
        if verdict.status is Status.SKIPPED and row.id not in cases:
            step = f"Répare d'abord {verdict.waits_for}." if verdict.waits_for else ""
            found[row.id] = Explanation(None, None, row.id, step=step)
        elif row.id in cases:
            found[row.id] = _told(row, *cases[row.id], cases)
    return found


def _never_reached(
    verdicts: dict[str, Verdict], transcript: Transcript, submission: Submission, codes: dict[str, Code]
) -> Explained:
    """Why a program is where it should be, and yet could not be talked to: it does not accept."""
    found: Explained = {}
    for row in RUBRIC:
        reached = verdicts.get(f"{row.program}.adresse")
        alone = row.id == f"{row.program}.send" and reached is not None and reached.status is Status.PASSED
        if alone and verdicts[row.id].status is Status.SKIPPED and not verdicts[row.id].seen:
            run = transcript.run(f"{row.program}.parle")
            verdict = Verdict(Status.FAILED, "", SANS_ACCEPT.slug, place_of(listened(run)))
            found[row.id] = _explain(row, verdict, transcript, submission, codes, {}, connecting.not_reached)
    return found


def first_to_repair(verdicts: dict[str, Verdict], explanations: dict[str, Explanation]) -> str:
    """The check that the student should repair first; empty if nothing failed. A bonus comes last."""
    failed = [row for row in RUBRIC if verdicts[row.id].status is Status.FAILED]
    first = next((row for row in failed if not row.is_bonus), failed[0] if failed else None)
    if first is None:
        first = next((row for row in RUBRIC if row.id in explanations and explanations[row.id].slug is not None), None)
    return explanations[first.id].home if first is not None else ""


Explained = dict[str, tuple[Case, Finding]]

CAUSES = {
    mistake.slug: mistake
    for topic in (duo, common, endings, limits, loops, messages, connecting, sending, receiving, hello, threads)
    for mistake in mistakes_named_in(topic)
}
"""The mistakes that a check itself can see, by what it calls them; the other topics are imported only where needed."""


def _told(row: Row, case: Case, finding: Finding, cases: Explained) -> Explanation:
    """A finding in the words of the catalogue."""
    mistake = finding.mistake
    file = finding.place.file if finding.place is not None else case.code.file
    line = str(finding.place.line) if finding.place is not None else "?"
    words = {"file": file, "line": line} | finding.values
    waits = _waits(case, finding) if mistake.flags & Flags.WAITS else ()
    return Explanation(
        slug=mistake.slug,
        place=finding.place if finding.place is not None and finding.place.line else None,
        home=_home(row, case, finding, cases),
        cause=_filled(mistake.cause, words),
        step=_filled(mistake.step, words),
        question=_filled(mistake.question, words),
        lesson=finding.values.get("lesson") or mistake.lesson,
        error=finding.error,
        blocked=waits,
        exchange=picture(case, finding),
    )


def _home(row: Row, case: Case, finding: Finding, cases: Explained) -> str:
    """The check where a mistake belongs: its own if that failed for it too, else the first that did."""
    alike = [
        one for one, (_, other) in cases.items() if other.mistake is finding.mistake and _file(other) == _file(finding)
    ]
    own = f"{case.actor}.{finding.mistake.check or finding.check}"
    if own in alike:
        return own
    last = [one for one in alike if one.endswith("." + finding.mistake.check)]
    return last[0] if last else alike[0] if alike else row.id


def _filled(text: str, words: dict[str, str]) -> str:
    """A text of the catalogue with its gaps filled, as French says it: « d'etape1.py »."""
    return text.format_map(words).replace(" de etape1", " d'etape1")


def _file(finding: Finding) -> str:
    """Where it is: one mistake made on two lines of a file is still one."""
    return finding.place.file if finding.place is not None else ""


def _waits(case: Case, finding: Finding) -> tuple[str, ...]:
    """Who waits where, one sentence a thread."""
    run, until = moment(case)
    found = waiting(run, case.actor, until)
    told = [one.text[0].upper() + one.text[1:] + "." for one in found]
    if case.check in ("send", "reception", "threads") or finding.mistake is JAMAIS_DEMARRE:
        told += [f"« {name} » n'a pas démarré." for name in threads.not_started(case, run, until)]
    return tuple(told)


# --- one failed check -----------------------------------------------------------------------------------------------


def _explain(
    row: Row,
    verdict: Verdict,
    transcript: Transcript,
    submission: Submission,
    codes: dict[str, Code],
    known: Explained,
    detect: Callable[[Case], Finding | None] | None = None,
) -> tuple[Case, Finding]:
    """A failed check's case and what explains it; ``detect`` takes the place of the check's own detector."""
    actors = (row.program,) if row.program else CHAT
    cause = CAUSES[verdict.cause]
    blank = {one: Code(one + ".py", "") for one in actors}
    cases = [Case(one, row, verdict, cause, transcript, submission, (blank | codes)[one]) for one in actors]
    if row.id == "bonus.long" and "duo.accents" in known:
        return known["duo.accents"]
    if not row.program and row.id != "bonus.propre":
        before = next((known[check] for check in EARLIER if check in known), None)
        if before is not None:
            return before
    for case in cases:
        found = _of_program(case)
        if found is not None:
            return case, found
    if not row.program:
        return _of_both(cases)
    return cases[0], (detect(cases[0]) if detect is not None else None) or _of_check(cases[0], known)


def _of_program(case: Case) -> Finding | None:
    """What is wrong with a whole program, if that explains the verdict."""
    program = case.submission.programs.get(case.actor)
    if program is None:
        return files.missing(case)
    if case.cause is TEMOIGNAGE_FAUX:
        return Finding(TEMOIGNAGE_FAUX, Place(program.file, 0))
    if case.cause is HORS_DE_VUE:
        return Finding(HORS_DE_VUE, case.verdict.place or Place(program.file, 0))
    ended = limits.ended_for(case, _runs(case))
    if ended is not None:
        return ended
    error, run = _error(case)
    whole = files.unreadable(case, error)
    if whole is not None:
        return whole
    hidden = _hidden_module(case.submission)
    if hidden and error is not None and _comes_from(error, hidden) and not case.cause.flags & Flags.SPEAKS:
        return Finding(MODULE_CACHE, Place(hidden, 1), {"module": hidden, "stem": hidden[:-3]})
    asks = case.check == "fileno" and any(nearest(one.attr, ("fileno",)) for one in case.code.attributes)
    speaks = case.cause.flags & Flags.SPEAKS and not asks
    if error is not None and run is not None and not speaks:
        return _of_error(case, error, run)
    if program.todos and not any(one.has(SocketMade, case.actor) for one in case.runs):
        number, line = program.todos[0]
        lessons = TODOS[case.actor]
        lesson = lessons[int(number) - 1] if number.isdigit() and 1 <= int(number) <= len(lessons) else ""
        return Finding(A_FAIRE, Place(program.file, line), {"todo": number or "1", "lesson": lesson})
    return None


def _runs(case: Case) -> list[Run]:
    """The runs that decide a check."""
    return [case.transcript.run(name) for name in PLAYED.get(case.row.id, ())] or case.runs


def _error(case: Case) -> tuple[Raised | None, Run | None]:
    """The first uncaught exception that can have to do with a failed check."""
    for run in _runs(case):
        errors = [error for error in run.of(Raised, case.actor)[:MOST_ERRORS] if _concerns(case, error, run)]
        if errors:
            # Which of two threads fails first is luck; which was made first is not.
            until = index_of_next(run, errors[0])
            rivals = [one for one in errors if one.thread != 1 and run.position(one) <= until]
            return min(rivals if errors[0].thread != 1 else errors[:1], key=lambda one: one.thread), run
    return None, None


MOST_ERRORS = 40
"""Uncaught exceptions of a program that are looked at: of a flood the first explain it as well."""

EARLIER = tuple(f"{actor}.{check}" for actor in CHAT for check in ("send", "reception", "threads", "join"))
"""The checks of the programs alone, which explain what fails between them."""

PLAYED = {"duo.dialogue": ("duo",), "duo.accents": ("duo",), "bonus.long": ("serveur.long", "client.long")}
"""The runs that some checks are decided by; for the others, the conversations of the program alone."""


def _concerns(case: Case, error: Raised, run: Run) -> bool:
    """Whether an exception came in time, and in the thread, to explain a failed check."""
    over = is_after_the_end(run, error)
    if case.check not in ("join", "fin", "propre") and over:
        return False
    if case.check == "join" and over and error.thread != 1 and "RuntimeError" not in error.bases:
        return False  # a thread that ends so has ended: the program's status does not show it
    pair = chat_threads(run, case.actor)
    if error.thread == 1 or pair is None or case.check in ("join", "fin", "propre", "threads", "long"):
        return True
    role = {"send": pair[0].number, "reception": pair[1].number}.get(case.check)
    return role is None or role == error.thread or error.thread not in (pair[0].number, pair[1].number)


def _of_error(case: Case, error: Raised, run: Run) -> Finding:
    code = case.code if error.file in ("", case.code.file) else Code(error.file, case.submission.source(error.file))
    from .exceptions import explain_error  # 1 ms that only an exception is worth

    found = limits.refused(error, run) or windows.only_posix(case.transcript, error, run, code)
    found = found or explain_error(error, run, code)
    if found.mistake is SOCKET_FERMEE and error.thread != 1:
        found = messages.closed_early(case, run, error) or found
    pair = chat_threads(run, case.actor)
    check = found.check
    if found.mistake in (SANS_JOIN, SOCKET_FERMEE):
        pass  # the one who closed is to blame, not the one who noticed
    elif pair is not None and error.thread in (pair[0].number, pair[1].number):
        check = "send" if error.thread == pair[0].number else "reception"
    elif error.thread == 1 and connected(run, case.actor) and case.actor != "etape1":
        check = "join" if len(run.of(ThreadStarted, case.actor)) > 1 else "threads"
    return replace(found, check=check, error=f"{error.error}: {error.text}" if error.text else error.error)


def _comes_from(error: Raised, hidden: str) -> bool:
    """Whether an exception may come from a file that hides a module: from within, or because something is not there."""
    return error.file == hidden or bool({"ImportError", "AttributeError", "TypeError"} & set(error.bases))


def _hidden_module(submission: Submission) -> str:
    """A file of the submission that hides a module of Python's, such as socket.py."""
    names = [name for name in submission.files if name.endswith(".py")]
    return next((name for name in names if name[:-3] in STANDARD), "")


def _of_check(case: Case, known: Explained) -> Finding:
    """What the check's own detector says; first, whether the threads are to blame for it."""
    if case.check in ("send", "reception", "join", "threads") and not case.cause.flags & Flags.CHANGED:
        root = _root(case)
        if root is not None:
            return root
    if case.actor == "client" and case.check == "adresse" and "serveur.adresse" in known:
        other = known["serveur.adresse"][1]
        if case.cause in (PORTS_DIFFERENTS, ADRESSES_DIFFERENTES) and other.mistake.flags & Flags.MISPLACED:
            return other
    if case.check in ("fileno", "fin") and "etape1.hello" in known:
        unanswered = known["etape1.hello"][1]
        if unanswered.mistake.flags & Flags.UNANSWERED and not case.run.has(Exited):
            return unanswered
    if case.check == "join":
        for check in ("send", "reception"):
            before = known.get(f"{case.actor}.{check}")
            if before is not None and before[1].mistake.flags & Flags.ENDLESS:
                return before[1]
    detect = BY_CHECK.get(case.check)
    found = detect(case) if detect is not None else None
    if found is not None and found.mistake.flags & Flags.VAGUE and case.code.handlers:
        from .topics.names import uncaught_name

        found = uncaught_name(case) or found
    return found or Finding(case.cause, case.verdict.place)


def _root(case: Case) -> Finding | None:
    """The mistake with threads that stops messages and the end as well; None where the threads are in order."""
    verdict = check_threads(case.transcript, case.actor)
    if verdict.status is not Status.FAILED:
        return threads.without_run(case)
    found = threads.no_two_threads(replace(case, verdict=verdict, cause=CAUSES[verdict.cause]))
    return found if found.mistake.flags & Flags.ROOT or case.check == "threads" else None


def _of_both(cases: list[Case]) -> tuple[Case, Finding]:
    """What is wrong between the two programs, where each alone is right."""
    for case in cases:
        found = between(case)
        if found is not None:
            return case, found
    return cases[0], Finding(cases[0].cause, cases[0].verdict.place)
