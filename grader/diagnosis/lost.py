"""The line that was lost: what both directions of a conversation ask about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..transcript.facts import (
    Exited,
    Fact,
    Flooded,
    InputEnded,
    Left,
    PeerLeft,
    ProbeFact,
    Refused,
    Said,
    SocketClosed,
    ThreadEnded,
    ThreadStarted,
    Typed,
)
from ..transcript.place import Place
from ..transcript.questions import MOVES, chat_threads, lines, place_of, simplified
from ..transcript.record import Run
from . import lessons
from .blocked import Waiting, seconds, waiting
from .code import Function, text_of
from .common import (
    ACCEPT_EN_BOUCLE,
    ARRET_BRUTAL,
    DAEMON_ABANDONNE,
    DORT_TROP,
    FINI_TROP_TOT,
    INPUT_JAMAIS,
    RECV_JAMAIS,
    SANS_JOIN,
    SOCKET_FERMEE,
)
from .finding import Case, Finding
from .mistake import Flags, Mistake
from .network import conversations
from .refusals import caught
from .step1 import difference

# fmt: off
RECEPTION_ATTEND_CLAVIER = Mistake("reception_attend_clavier", "reception", "Réception attend le clavier",
    "Réception attend aussi que tu tapes quelque chose (ligne {line}) : tant que tu ne tapes rien, rien ne s'affiche.",
    "Enlève input de Réception : lire le clavier, c'est le travail de Send.",
    "Qui lit le clavier, et qui écoute l'autre ?", lessons.RECEPTION, Flags.WAITS)
ATTEND_SIGNAL = Mistake("attend_signal", "", "un thread attend un signal de l'autre",
    "Ligne {line}, {who} attend un signal d'un autre thread avant de continuer.",
    "Enlève cette attente : envoi et recep travaillent sans s'attendre.",
    "Qui donne le signal que la ligne {line} attend, et quand ?", lessons.THREADS, Flags.WAITS | Flags.ENDLESS)
MESSAGE_CHANGE = Mistake("message_change", "", "le message est changé en route",
    "Le message arrive changé : {difference}.",
    "Envoie et affiche le message tel quel.",
    "Par quelles fonctions passe le message avant d'arriver ?", lessons.SEND)
CHACUN_SON_TOUR = Mistake("chacun_son_tour", "send", "Send attend une réponse avant de continuer",
    "Après avoir envoyé, Send attend que l'autre réponde (ligne {line}) : tu ne peux pas envoyer deux lignes de suite.",
    "Enlève recv de Send : écouter, c'est le travail de Réception.",
    "Peut-on envoyer deux messages de suite, sans réponse ?", lessons.SEND, Flags.WAITS)
MESSAGE_COUPE = Mistake("message_coupe", "", "une partie du message se perd",
    "Une partie du message se perd en route : {difference}.",
    "Envoie et affiche le message entier.",
    "Qu'est-ce qui coupe ton message ?", lessons.SEND)
# fmt: on


LONG_S = 4.0
"""A sleep that a conversation cannot bear: the contract gives each step 5 seconds."""

BRUTAL = ("_exit", "kill", "abort", "raise_signal")
"""Calls that end a program without any ceremony."""

READS = ("input", "readline", "read")
"""Calls that read the keyboard."""

RECEIVES = ("recv", "recvfrom", "recv_into", "makefile", "read")
"""Calls that read the connection."""

STEMS = {"send": ("send", "envo"), "reception": ("recep", "recev", "recoi", "receiv")}
"""Parts of a function's name that say which of the two it is."""


@dataclass(frozen=True, eq=False, repr=False)  # each method takes 0.2 ms to make
class Lost:
    """A line that did not come through.

    Attributes:
        case: the failed check.
        run: the conversation in which the line was lost.
        move: the line.
        number: which of its kind it was, from 1.
        answer: what came instead, one character a byte.
        later: what was seen until the grader went on.
        thread: what the thread responsible was doing then; None if it had ended.
        function: the function responsible, as far as names tell.
    """

    case: Case
    run: Run
    move: Typed | Said
    number: int
    answer: str
    later: list[Fact]
    thread: Waiting | None
    function: Function | None

    @property
    def call(self) -> str:
        """The call that the responsible thread waited in; empty for none."""
        return self.thread.call if self.thread is not None else ""

    @property
    def place(self) -> Place | None:
        """The line of that call."""
        return self.thread.place if self.thread is not None else None

    def last_line(self, call: str) -> Place | None:
        """The line of the last call of a kind that succeeded."""
        return last_line(self.run, self.case.actor, call)

    def happened(self, *calls: str) -> bool:
        """Whether one of these calls gave something after the move."""
        return any(isinstance(one, Left) and one.call in calls and one.count > 0 for one in self.later)

    def is_repeated(self, stream: str) -> bool:
        """Whether something comes again and again: an earlier line instead of this one, or a flood."""
        earlier = [one.text for one in self.run.of(type(self.move), self.case.actor)[: self.number - 1]]
        floods = any(one.stream == stream for one in self.run.of(Flooded))
        return floods or any(text in self.answer for text in earlier)

    def is_over(self) -> bool:
        """Whether the program had ended before the grader went on."""
        return any(isinstance(one, Exited) and one.actor == self.case.actor for one in self.later)

    def outside_loop(self, call: str) -> Place | None:
        """A call that should be in the loop of the function, and is not."""
        code = self.case.code
        found = code.calls(call, inside=self.function) if self.function is not None else []
        return next((self.case.at(one.lineno) for one in found if not code.loops_around(one.lineno)), None)

    def function_place(self) -> Place | None:
        """Where the function begins."""
        return self.case.at(self.function.lineno) if self.function is not None else None


Detector = Callable[[Lost], Finding | None]


def after_refusal(find: Callable[[Lost], Refused | None], *, alone: bool) -> Detector:
    """Blames a call on the socket that failed; ``alone``: only if nothing had been closed before."""

    def detect(lost: Lost) -> Finding | None:
        refused = find(lost)
        if refused is None or (alone and closed_before(lost.run, refused)):
            return None
        return caught(lost.case, refused)

    return detect


def missed(case: Case) -> tuple[Run, Typed | Said | None, int, str]:
    """The first line that did not come: where, which, its number from 1, and what came instead."""
    kind: type[Typed] | type[Said] = Typed if case.check == "send" else Said
    order = case.runs if kind is Typed else case.runs[::-1]
    by = "" if kind is Typed else case.actor
    for run in order:
        found = next(((n, one) for n, one in enumerate(lines(run, kind, case.actor, by), 1) if not one.came), None)
        if found is not None:
            number, line = found
            return run, line.move, number, line.answer
    return order[0], None, 0, ""


def lost_line(case: Case) -> Lost | None:
    """The line that a failed check of messages is about; None where the program ended before the first."""
    run, move, number, answer = missed(case)
    if move is None:
        return None
    found = waiting(run, case.actor, next_move(run, move))
    pair = chat_threads(run, case.actor)
    wanted = 1 if pair is None else pair[0 if case.check == "send" else 1].number
    thread = next((one for one in found if one.thread == wanted), None)
    return Lost(case, run, move, number, answer, after(run, move), thread, function_of(case))


def function_of(case: Case) -> Function | None:
    """Send or Réception, as far as names tell."""
    named = (
        one
        for name, one in case.code.functions.items()
        if any(stem in simplified(name) for stem in STEMS.get(case.check, STEMS["reception"]))
    )
    return next(named, None)


def after(run: Run, move: Fact) -> list[Fact]:
    """What was seen from a move to the next."""
    return list(run.facts[run.position(move) + 1 : index_of_next(run, move)])


def first_move(run: Run) -> Fact | None:
    """The first thing that the grader did."""
    return next((one for one in run.facts if isinstance(one, MOVES)), None)


def next_move(run: Run, move: Fact) -> Fact | None:
    """What the grader did next after a move; None where that was the last."""
    return next((fact for fact in run.facts[run.position(move) + 1 :] if isinstance(fact, MOVES)), None)


def index_of_next(run: Run, move: Fact) -> int:
    """Where in the record that is; its end if there is none."""
    following = next_move(run, move)
    return len(run.facts) if following is None else run.position(following)


def last_line(run: Run, actor: str, call: str) -> Place | None:
    """The line of the last call of a kind that succeeded."""
    wanted = (call, "stdin") if call == "input" else (call,)
    told = [one for one in run.of(Left, actor) if one.call in wanted and one.line and one.count >= 0]
    return place_of(told[-1]) if told else None


def waits_for_other(lost: Lost) -> Finding | None:
    """A thread waits for something that is the other's business."""
    one = lost.thread
    if one is None:
        return None
    if one.call == "sleep" and one.patience_s > LONG_S:
        return Finding(DORT_TROP, one.place, {"seconds": seconds(one.patience_s)})
    if one.call == "wait":
        return Finding(ATTEND_SIGNAL, one.place, {"who": one.who})
    mistake = OTHERS_BUSINESS.get(one.call)
    return None if mistake is None else Finding(mistake, one.place)


OTHERS_BUSINESS = {
    "recv": CHACUN_SON_TOUR,
    "accept": ACCEPT_EN_BOUCLE,
    "input": RECEPTION_ATTEND_CLAVIER,
    "stdin": RECEPTION_ATTEND_CLAVIER,
}
"""What it means that a thread waits in a call which is not its own to wait in."""


def changed(lost: Lost, otherwise: Mistake, place: Place | None) -> Finding:
    """Something else than the line came: changed, cut, or another text."""
    wanted = lost.move.text
    text = lost.answer.encode("latin-1", "replace").decode("utf-8", "replace").strip()
    if wanted.lower() in text.lower() or wanted[::-1] in text:
        return Finding(MESSAGE_CHANGE, place, {"difference": difference(wanted, text)})
    whole = text.splitlines()[-1] if text else ""
    if whole and (whole[-8:].strip() in wanted or text in wanted):
        return Finding(MESSAGE_COUPE, place, {"difference": difference(wanted, text)})
    return Finding(otherwise, place)


def closed_early(case: Case, run: Run, move: Fact) -> Finding | None:
    """The socket was closed while the conversation went on, before the grader's next move after ``move``."""
    for fact in run.facts[: index_of_next(run, move)]:
        if isinstance(fact, PeerLeft):
            return None
        if isinstance(fact, SocketClosed) and fact.actor == case.actor and _is_conversation(run, fact):
            if not case.code.calls("join") and fact.thread == 1:
                return Finding(SANS_JOIN, place_of(fact))
            pair = chat_threads(run, case.actor)
            by_receiver = pair is not None and fact.thread == pair[1].number
            return Finding(SOCKET_FERMEE, place_of(fact), check="reception" if by_receiver else "send")
    return None


def closed(lost: Lost) -> Finding | None:
    """The socket was closed before the line could go through."""
    return closed_early(lost.case, lost.run, lost.move)


def closed_before(run: Run, refused: Refused) -> bool:
    """Whether the program had closed a socket before a call was refused."""
    before = run.facts[: run.position(refused)]
    return any(isinstance(one, SocketClosed) and one.actor == refused.actor for one in before)


def _is_conversation(run: Run, closed: SocketClosed) -> bool:
    return closed.socket in conversations(run, closed.actor)


def ended_early(case: Case, run: Run) -> Finding:
    """The program was over before the conversation."""
    brutal = case.code.calls(*BRUTAL)
    if brutal:
        return Finding(ARRET_BRUTAL, case.at(brutal[0].lineno), {"name": text_of(brutal[0].func)})
    for fact in run.of(SocketClosed, case.actor):
        if fact.thread != 1 and _is_conversation(run, fact) and not is_after_the_end(run, fact):
            return Finding(SOCKET_FERMEE, place_of(fact))
    ended = {fact.thread for fact in run.of(ThreadEnded, case.actor)}
    alive = [one for one in run.of(ThreadStarted, case.actor) if one.number not in ended]
    if any(one.daemon for one in alive):
        return Finding(DAEMON_ABANDONNE, place_of(alive[0]))
    function = function_of(case)
    begins = case.at(function.lineno) if function is not None else None
    if case.check == "send" and not case.code.calls(*READS):
        return Finding(INPUT_JAMAIS, begins)
    if case.check == "reception" and not case.code.calls(*RECEIVES):
        return Finding(RECV_JAMAIS, begins)
    calls = case.code.calls("exit", "quit")
    return Finding(FINI_TROP_TOT, case.at(calls[0].lineno) if calls else _last_place(run, case.actor))


def over(lost: Lost) -> Finding | None:
    """The program had ended before the grader went on."""
    return ended_early(lost.case, lost.run) if lost.is_over() else None


def is_after_the_end(run: Run, fact: Fact) -> bool:
    """Whether the other had gone, or the keyboard had ended, before something happened."""
    ends = [one for one in (run.first(PeerLeft), run.first(InputEnded)) if one is not None]
    return any(run.position(one) < run.position(fact) for one in ends)


def _last_place(run: Run, actor: str) -> Place | None:
    told = [one for one in run.facts if isinstance(one, ProbeFact) and one.actor == actor and one.line]
    return place_of(told[-1]) if told else None


def moment(case: Case) -> tuple[Run, Fact | None]:
    """When a check was lost: the run, and the next thing that the grader did after it gave up; None for the end."""
    if case.check in ("send", "reception"):
        run, move, _, _ = missed(case)
        return run, None if move is None else next_move(run, move)
    if case.check == "threads":
        return case.run, first_move(case.run)
    hanging = [one for one in case.runs if not one.has(Exited, case.actor)] if case.check == "join" else []
    return (hanging or [case.run])[0], None
