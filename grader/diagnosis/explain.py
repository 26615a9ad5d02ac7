"""Chooses, by facts alone, the mistake that a failed check is explained by."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from ..checks.rubric import RUBRIC, Row
from ..checks.verdict import Place, Status, Verdict
from ..submission import PROGRAMS, Program, Submission
from ..transcript.facts import Entered, MainEnded, Met, Raised, SocketMade, ThreadStarted
from ..transcript.record import Run, Transcript
from .mistakes import HINTS, PYTHON_ERRORS

SILENT = frozenset(
    {
        "rien_envoye", "rien_affiche", "un_seul_message", "fini_trop_tot", "sans_socket", "sans_listen", "sans_accept",
        "sans_connect", "pas_connecte", "mauvais_code", "exception", "args_incorrects", "sans_thread", "un_seul_thread",
        "sans_bind", "traceback_final", "long_coupe", "duo_interrompu", "autre_texte", "sans_fileno",
    }
)  # fmt: skip
"""Causes that only say that something did not happen: an uncaught exception explains them better."""


@dataclass(frozen=True)
class Explanation:
    """Why a check did not pass, and what to do.

    Attributes:
        slug: the mistake, a key of HINTS; None where no mistake is known.
        hint: the next step, in French.
        place: the line to look at, if any.
    """

    slug: str | None
    hint: str
    place: Place | None


def explain(verdicts: dict[str, Verdict], transcript: Transcript, submission: Submission) -> dict[str, Explanation]:
    """An explanation for each check that did not pass."""
    found: dict[str, Explanation] = {}
    for row in RUBRIC:
        verdict = verdicts[row.id]
        if verdict.status is Status.SKIPPED:
            waits_for = verdict.waits_for
            found[row.id] = Explanation(None, f"Répare d'abord {waits_for}." if waits_for else "", None)
        if verdict.status is Status.FAILED:
            found[row.id] = _explain(row, verdict, transcript, submission)
    return found


def _explain(row: Row, verdict: Verdict, transcript: Transcript, submission: Submission) -> Explanation:
    for actor in [row.program] if row.program else PROGRAMS[1:]:
        found = _of_file(actor, verdict, transcript, submission)
        if found is not None:
            return found
    place = verdict.place
    if verdict.cause in HINTS:
        return Explanation(verdict.cause, HINTS[verdict.cause].format(file=row.program + ".py"), place)
    return Explanation(None, "", place)


def _of_file(actor: str, verdict: Verdict, transcript: Transcript, submission: Submission) -> Explanation | None:
    """What is wrong with a whole program, if that explains the verdict."""
    program = submission.programs.get(actor)
    if program is None:
        return _fill("fichier_absent", Place(actor + ".py", 0))
    runs = [run for run in transcript.runs.values() if actor in run.scenario.split(".") or run.scenario == "duo"]
    error = next((fact for run in runs for fact in run.of(Raised, actor)), None)
    if program.unreadable and (error is None or error.error != "IndentationError"):
        return _fill("fichier_illisible", Place(program.file, 0))
    hidden = _hidden_module(submission)
    if hidden and error is not None:
        return _fill("module_cache", Place(hidden, 0), module=hidden)
    if error is not None and verdict.cause in SILENT:
        return _of_error(error, runs, program)
    if program.todos and _is_untouched(runs, actor):
        number, line = program.todos[0]
        return _fill("a_faire", Place(program.file, line), todo=number or "1")
    if runs and not runs[0].has(Met, actor) and _asks_first(runs[0], actor):
        return _fill("question_avant", _input_place(runs[0], actor, program))
    return None


def _of_error(error: Raised, runs: list[Run], program: Program) -> Explanation:
    """The hint for an uncaught exception, with Python's own words."""
    if not error.file:  # a thread failed before it entered its function: it was given the wrong arguments
        threads = [thread for run in runs for thread in run.of(ThreadStarted, error.actor)]
        started = next((thread for thread in threads if thread.number == error.thread), None)
        return _fill("args_incorrects", Place(program.file, started.line if started else 0))
    kind = next((kind for kind in PYTHON_ERRORS if kind in error.bases), "")
    why = _fill(f"erreur_{kind}" if kind else "erreur_python", Place(error.file, error.line))
    return Explanation(why.slug, f"Python dit « {error.error}: {error.text[:120]} ». {why.hint}", why.place)


def _fill(slug: str, place: Place, **values: str) -> Explanation:
    hint = HINTS[slug].format(file=place.file, line=place.line, **values)
    return Explanation(slug, hint, place if place.line else None)


def _is_untouched(runs: list[Run], actor: str) -> bool:
    """Whether a program does nothing at all yet."""
    return not any(run.has(SocketMade, actor) for run in runs)


def _asks_first(run: Run, actor: str) -> bool:
    return not run.has(MainEnded, actor) and any(
        fact.call == "input" and fact.thread == 1 for fact in run.of(Entered, actor)
    )


def _input_place(run: Run, actor: str, program: Program) -> Place:
    asked = next(fact for fact in run.of(Entered, actor) if fact.call == "input")
    return Place(asked.file or program.file, asked.line)


def _hidden_module(submission: Submission) -> str:
    """A file of the submission that hides a module of Python's, such as socket.py."""
    return next(
        (name for name in submission.files if name.endswith(".py") and name[:-3] in sys.stdlib_module_names), ""
    )
