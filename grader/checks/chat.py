"""The checks of Étape 2 on each program alone, with a peer of the grader's."""

from __future__ import annotations

from itertools import repeat

from ..transcript.calls import InputReturned, Received, Sent
from ..transcript.facts import (
    Raised,
    Said,
    ThreadStarted,
    Typed,
)
from ..transcript.lines import Line, lines
from ..transcript.place import Place
from ..transcript.questions import (
    connected,
    exit_status,
    last_call,
    place_of,
)
from ..transcript.record import Run, Transcript
from ..transcript.scenario_names import conversations
from ..transcript.texts import came_through
from ..transcript.threads import (
    alive_together,
    chat_threads,
    ended,
    has_object,
    join_called,
    only_wait,
    same_function,
    waited_for,
    with_target,
    workers,
)
from .etape1 import quoted
from .verdict import PASSED, Verdict, failed, skipped

MESSAGES = 3
"""Lines that each direction must carry."""


def check_send(transcript: Transcript, program: str) -> Verdict:
    """Several typed lines reach the peer, in order, whether or not it has said anything before."""
    runs = _conversations(transcript, program)
    if not all(connected(run, program) for run in runs):
        return skipped(f"{program}.adresse")
    found = [lines(run, Typed, program, "") for run in runs]
    where = last_call(runs[0], program, Sent) or last_call(runs[0], program, InputReturned)
    verdict = _judge_lines(found, "n'est jamais arrivée de l'autre côté", "L'autre côté a reçu", where)
    if verdict is PASSED and any(all(map(_with_all_before, range(1, len(sent)), repeat(sent))) for sent in found):
        seen = f"À chaque ligne, toutes celles d'avant sont parties une fois de plus : {quoted(found[0][-1].answer)}"
        return failed(seen, "renvoie_tout", where)
    return verdict


def _with_all_before(number: int, sent: list[Line]) -> bool:
    """Whether all lines before the one of this number were sent again with it."""
    return all(came_through(one.move.text, sent[number].answer.encode("latin-1")) for one in sent[:number])


def check_reception(transcript: Transcript, program: str) -> Verdict:
    """Several messages of the peer are displayed as text, in order, whether or not anything was typed before."""
    runs = _conversations(transcript, program)
    if not all(connected(run, program) for run in runs):
        return skipped(f"{program}.adresse")
    found = [lines(run, Said, program, program) for run in runs[::-1]]
    return _judge_lines(found, "n'a pas été affiché", "Ton programme a affiché", last_call(runs[1], program, Received))


def _conversations(transcript: Transcript, program: str) -> list[Run]:
    """The two conversations of a program: in the first it is typed in first, in the second it is spoken to first."""
    return [transcript.run(name) for name in conversations(program)]


def _judge_lines(conversations: list[list[Line]], missing: str, instead: str, where: Place | None) -> Verdict:
    """Whether every line came in every conversation; else the first that did not, and where to look."""
    if all(len(found) >= MESSAGES and all(line.came for line in found) for found in conversations):
        return PASSED
    numbered = [pair for found in conversations for pair in enumerate(found, start=1)]
    missed = next(((number, line) for number, line in numbered if not line.came), None)
    if missed is None:
        return failed("Le programme s'est arrêté avant le premier message.", "fini_trop_tot")
    return _lost(*missed, missing, instead, where)


def _lost(number: int, line: Line, missing: str, instead: str, where: Place | None) -> Verdict:
    """What to say of the line that did not come, the ``number``th of its conversation."""
    typed = isinstance(line.move, Typed)
    which = f"La ligne tapée n° {number}" if typed else f"Le message reçu n° {number}"
    seen = f"{which}, « {line.move.text} », {missing}."
    if line.answer.strip():
        seen += f" {instead} : {quoted(line.answer)}"
    if line.raw:
        return failed(seen, "envoie_octets" if typed else "affiche_octets", where)
    if number > 1:
        return failed(seen, "send_sans_boucle" if typed else "reception_sans_boucle", where)
    return failed(seen, "rien_envoye" if typed else "rien_affiche", where)


def check_threads(transcript: Transcript, program: str) -> Verdict:
    """Two threads, envoi and recep, alive at the same time."""
    runs = _conversations(transcript, program)
    if not all(connected(run, program) for run in runs):
        return skipped(f"{program}.adresse")
    verdicts = [_judge_threads(run, program) for run in runs]
    return next((verdict for verdict in verdicts if verdict is PASSED), verdicts[0])


def _judge_threads(run: Run, program: str) -> Verdict:
    started = run.of(ThreadStarted, program)
    if not started:
        return failed("Aucun thread n'a été démarré.", "sans_thread")
    with_work = {thread.number for thread in with_target(run, program)}
    empty = next((thread for thread in started if thread.number not in with_work), None)
    if empty is not None:
        return failed("Un thread a été démarré sans fonction à lancer.", "target_appelee", place_of(empty))
    pair = chat_threads(run, program)
    return _no_pair(started) if pair is None else _judge_pair(run, *pair)


def _no_pair(started: list[ThreadStarted]) -> Verdict:
    """Threads of which no two are envoi and recep."""
    names = ", ".join(f"« {thread.names[0] if thread.names else thread.function} »" for thread in started[:4])
    if len(started) == 1:
        return failed(f"Un seul thread a été démarré : {names}.", "un_seul_thread", place_of(started[0]))
    return failed(f"Les threads démarrés sont : {names}.", "noms_threads", place_of(started[0]))


def _judge_pair(run: Run, envoi: ThreadStarted, recep: ThreadStarted) -> Verdict:
    if only_wait(run, envoi, recep):
        seen = "envoi et recep attendent, et c'est un autre thread qui parle et qui écoute."
        return failed(seen, "figurants", place_of(envoi))
    if same_function(run, envoi, recep):
        seen = f"Les deux threads lancent la même fonction, {envoi.function}."
        return failed(seen, "meme_fonction", place_of(recep))
    if any(not fact.file and fact.thread in (envoi.number, recep.number) for fact in run.of(Raised, envoi.program)):
        return failed("Un thread s'est arrêté avant d'entrer dans sa fonction.", "args_nombre", place_of(envoi))
    if not alive_together(run, envoi, recep):
        return failed("envoi et recep n'étaient pas en vie en même temps.", "pas_ensemble", place_of(recep))
    return PASSED


def check_join(transcript: Transcript, program: str) -> Verdict:
    """Both threads were waited for with join, and the program ends by itself with status 0."""
    runs = _conversations(transcript, program)
    if not all(connected(run, program) for run in runs):
        return skipped(f"{program}.adresse")
    pairs = [workers(run, program) for run in runs]
    called: set[int] = set()
    for run, pair in zip(runs, pairs, strict=True):
        if pair is None:
            return skipped(f"{program}.threads", "Il faut deux threads pour pouvoir les attendre.")
        if not all(map(has_object, pair)):
            return skipped("", "Les threads de start_new_thread n'ont pas de .join() : il faut threading.Thread.")
        joins = join_called(run, program)
        called |= {index for index, thread in enumerate(pair) if thread.number in joins}
    for run, pair in zip(runs, pairs, strict=True):
        verdict = _judge_end(run, program, pair or ())
        if verdict is not PASSED:
            return verdict
    if called != {0, 1}:
        return failed("join n'a pas été appelé sur les deux threads.", "sans_join", place_of((pairs[0] or [None])[0]))
    return PASSED


def _judge_end(run: Run, program: str, pair: tuple[ThreadStarted, ...]) -> Verdict:
    status = exit_status(run, program)
    if status is None:
        return failed("La conversation est finie, mais le programme ne s'arrête pas.", "attend_rien")
    alive = [thread for thread in pair if thread.number not in ended(run, program)]
    if alive:
        return failed(
            f"Le programme s'est arrêté alors que {_name(alive[0])} tournait encore.",
            "thread_abandonne",
            place_of(alive[0]),
        )
    missed = [thread for thread in pair if thread.number not in waited_for(run, program)]
    if missed:
        return failed(f"Le programme n'a pas attendu la fin de {_name(missed[0])}.", "sans_join", place_of(missed[0]))
    if status != 0:
        error = run.first(Raised, program)
        return failed(f"Le programme finit avec le code {status} au lieu de 0.", "mauvais_code", place_of(error))
    return PASSED


def _name(thread: ThreadStarted) -> str:
    return f"« {thread.names[0] if thread.names else thread.function} »"
