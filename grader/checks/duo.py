"""The checks of the two programs together, and the bonuses."""

from __future__ import annotations

import re

from ..transcript.facts import Bound, Complained, Connected, ReuseSet, Said, Shown, Typed
from ..transcript.lines import lines
from ..transcript.questions import bound, connected, exit_status, place_of
from ..transcript.record import Run, Transcript
from ..transcript.scenario_names import AGAIN, DUO, conversations, long_message, typing_first
from .addresses import meeting_problem
from .chat import check_reception
from .etape1 import quoted
from .verdict import PASSED, Status, Verdict, failed, skipped

PLAIN_LINES = 5
"""Lines of ASCII that the duo carries: two each way, then one more."""

ACCENT_LINES = 2
"""Lines with accents, one each way."""

CHAT = ("serveur", "client")
TRACEBACK = re.compile(r'^Traceback \(most recent call last\):\r?\n +File "', re.MULTILINE)
"""How the interpreter begins to show an exception (Python 3.10 to 3.14)."""


def check_dialogue(transcript: Transcript) -> Verdict:
    """Several messages went both ways between the submission's own programs."""
    for program in CHAT:
        if not connected(transcript.run(typing_first(program)), program):
            return skipped(f"{program}.adresse")
    problem = meeting_problem(transcript)
    if problem:
        return skipped("client.adresse", f"Les deux programmes ne peuvent pas se trouver : {problem}")
    run = transcript.run(DUO)
    if not all(run.has(Connected, program) for program in CHAT):
        return failed("Lancés ensemble, tes deux programmes ne se sont pas connectés.", "duo_sans_connexion")
    return _judge(run, accents=False, expected=PLAIN_LINES)


def check_accents(transcript: Transcript) -> Verdict:
    """Accents and an emoji arrive unharmed both ways."""
    if check_dialogue(transcript).status is not Status.PASSED:
        return skipped("duo.dialogue")
    return _judge(transcript.run(DUO), accents=True, expected=ACCENT_LINES)


def _judge(run: Run, *, accents: bool, expected: int) -> Verdict:
    """Whether the lines of one kind came through; a bytes literal counts where there is no accent to harm."""
    count = 0
    for source, target in (CHAT, CHAT[::-1]):
        sent = lines(run, Typed, source, "")
        for line, wire in zip(lines(run, Typed, source, target, as_text=accents), sent, strict=True):
            if line.move.text.isascii() == accents:
                continue
            count += 1
            if not line.came or not wire.answer:  # what never left the program came by another way
                shown = f" {target}.py a affiché : {quoted(line.answer)}" if line.answer.strip() else ""
                seen = f"« {line.move.text} », tapé dans {source}.py, ne s'affiche pas dans {target}.py.{shown}"
                return failed(seen, "accents_abimes" if accents else "duo_muet")
    if count < expected:
        return failed("La conversation s'est arrêtée avant la fin.", "duo_interrompu")
    return PASSED


def check_long(transcript: Transcript) -> Verdict:
    """A message of 10,000 characters is displayed whole, in both programs."""
    for program in CHAT:
        if check_reception(transcript, program).status is not Status.PASSED:
            return skipped(f"{program}.reception")
    for program in CHAT:
        found = lines(transcript.run(long_message(program)), Said, program, program)
        if not found or not all(line.came for line in found):
            return failed(f"{program}.py n'affiche pas en entier un message de 10 000 caractères.", "long_coupe")
    return PASSED


def check_again(transcript: Transcript) -> Verdict:
    """The server can be started again at once on its port."""
    run = transcript.run(typing_first("serveur"))
    address = bound(run)
    if address is None or not connected(run, "serveur"):
        return skipped("serveur.adresse")
    if not _reuse_before_bind(run, address):
        return failed("SO_REUSEADDR n'est pas activé avant bind.", "sans_reuse", place_of(address))
    if not transcript.run(AGAIN).has(Connected):
        return failed(
            "Relancé tout de suite, serveur.py n'écoute plus sur son port.", "relance_impossible", place_of(address)
        )
    return PASSED


def _reuse_before_bind(run: Run, address: Bound) -> bool:
    before = run.facts[: run.position(address)]
    return any(isinstance(fact, ReuseSet) and fact.socket == address.socket for fact in before)


def check_clean(transcript: Transcript) -> Verdict:
    """Neither program shows a traceback at the end of a conversation."""
    for program in CHAT:
        if not connected(transcript.run(typing_first(program)), program):
            return skipped(f"{program}.adresse")
    for program in CHAT:
        for name in conversations(program):
            run = transcript.run(name)
            if not (run.has(Typed, program) or run.has(Said, program)):
                return skipped(f"{program}.send", f"{program}.py s'arrête avant le premier message.")
            if exit_status(run, program) is None:
                return skipped(f"{program}.join", f"{program}.py ne s'arrête pas de lui-même.")
            if TRACEBACK.search(_all_shown(run, program)):
                return failed(f"{program}.py finit en affichant une erreur Python.", "traceback_final")
    return PASSED


def _all_shown(run: Run, program: str) -> str:
    """Everything that a program has shown, its two streams one after the other."""
    complaints = [fact.text for fact in run.of(Complained, program)]
    return "".join([*complaints, "\n", *(fact.text for fact in run.of(Shown, program))])
