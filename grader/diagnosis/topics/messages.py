"""Why a line does not go through, in whichever direction."""

from __future__ import annotations

from ...transcript.facts import (
    Fact,
    PeerLeft,
    ProbeFact,
    SocketClosed,
    ThreadEnded,
    ThreadStarted,
)
from ...transcript.place import Place
from ...transcript.questions import chat_threads, place_of
from ...transcript.record import Run
from .. import lessons
from ..code import text_of
from ..common import (
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
from ..conversation import (
    BRUTAL,
    LONG_S,
    READS,
    RECEIVES,
    Lost,
    conversations,
    function_of,
    index_of_next,
    is_after_the_end,
)
from ..finding import Case, Finding
from ..mistake import Flags, Mistake
from ..wording import difference, seconds

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
ENVOIE_AUTRE = Mistake("envoie_autre", "send", "autre chose que la ligne tapée part",
    "Quelque chose part, mais ce n'est pas la ligne tapée.",
    "Envoie la variable qui a reçu input(), sans la changer.",
    "Quelle variable envoies-tu, et que contient-elle ?", lessons.SEND)
AFFICHE_AUTRE = Mistake("affiche_autre", "reception", "autre chose que le message est affiché",
    "Le message est reçu, mais ce qui s'affiche n'est pas lui.",
    "Affiche ce que recv a rendu, décodé et entier.",
    "Quelle variable affiches-tu, et que contient-elle ?", lessons.RECEPTION)
# fmt: on


def busy_elsewhere(lost: Lost) -> Finding | None:
    """The thread responsible waits for something that is the other's business."""
    one, reads = lost.thread, lost.call in ("input", "stdin")
    own = reads if lost.sends else lost.call == "recv" or (lost.happened("recv") and not reads)
    if one is None or own:
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


def changed(lost: Lost) -> Finding | None:
    """Something else than the line came: changed, cut, or another text."""
    if not lost.answer.strip() or not (lost.sends or lost.happened("recv")):
        return None
    place = lost.last_line("send") if lost.sends else lost.print_place()
    wanted = lost.move.text
    text = lost.answer.encode("latin-1", "replace").decode("utf-8", "replace").strip()
    if wanted.lower() in text.lower() or wanted[::-1] in text:
        return Finding(MESSAGE_CHANGE, place, {"difference": difference(wanted, text)})
    whole = text.splitlines()[-1] if text else ""
    if whole and (whole[-8:].strip() in wanted or text in wanted):
        return Finding(MESSAGE_COUPE, place, {"difference": difference(wanted, text)})
    return Finding(ENVOIE_AUTRE if lost.sends else AFFICHE_AUTRE, place)


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


def _last_place(run: Run, actor: str) -> Place | None:
    told = [one for one in run.facts if isinstance(one, ProbeFact) and one.actor == actor and one.line]
    return place_of(told[-1]) if told else None
