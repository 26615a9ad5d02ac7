"""Why a line does not go through, in whichever direction."""

from __future__ import annotations

from collections.abc import Iterator

from ...french import seconds
from ...transcript.calls import ACCEPT, INPUT, KEYBOARD, RECV, SEND, SLEEP, STDIN, WAIT, CallEnded
from ...transcript.facts import Fact, PeerLeft, ProbeFact, Refused, SocketClosed, ThreadEnded, ThreadStarted
from ...transcript.place import Place
from ...transcript.questions import place_of
from ...transcript.record import Run
from ...transcript.threads import chat_threads
from ...transcript.value import changed
from .. import lessons
from ..case import Case, Finding
from ..code import text_of
from ..common import (
    ACCEPT_EN_BOUCLE,
    ARRET_BRUTAL,
    DAEMON_ABANDONNE,
    DORT_TROP,
    FINI_TROP_TOT,
    RIEN_AFFICHE,
    SANS_JOIN,
    SOCKET_FERMEE,
)
from ..conversation import (
    BRUTAL,
    LONG_S,
    READS,
    RECEIVES,
    UndeliveredMessage,
    conversations,
    function_of,
    index_of_next,
    is_after_the_end,
    undelivered,
)
from ..mistake import Flags, Mistake
from ..wording import difference

# fmt: off
INPUT_JAMAIS = Mistake("input_jamais", "send", "le clavier n'est jamais lu",
    "Ton programme ne lit jamais le clavier : ce que tu tapes n'est pris par personne.",
    "Dans Send, lis une ligne avec input(), dans une boucle.",
    "Quelle ligne lit ce que tu tapes ?", lessons.SEND, Flags.VAGUE)
RECV_JAMAIS = Mistake("recv_jamais", "reception", "recv n'est jamais appelé",
    "{file} n'appelle jamais recv sur la connexion : ce que l'autre dit n'est jamais lu.",
    "Dans Réception, reçois avec client.recv(1024), dans une boucle.",
    "Quelle ligne lit ce que l'autre envoie ?", lessons.RECEPTION, Flags.VAGUE)
ENVOIE_SANS_FIN = Mistake("envoie_sans_fin", "send", "la même chose part sans fin",
    "Ton programme envoie sans fin : la ligne {line} est répétée sans attendre le clavier.",
    "Mets input() dans la boucle, juste avant l'envoi.",
    "À chaque tour de boucle, qu'attend ton programme ?", lessons.SEND, Flags.ENDLESS)
AFFICHE_SANS_FIN = Mistake("affiche_sans_fin", "reception", "la même chose s'affiche sans fin",
    "Ton programme affiche sans fin : la boucle n'attend rien entre deux affichages.",
    "Mets recv dans la boucle, juste avant print.",
    "À chaque tour de boucle, qu'attend ton programme ?", lessons.RECEPTION, Flags.ENDLESS)
RIEN_ENVOYE = Mistake("rien_envoye", "send", "rien n'arrive, sans autre cause connue",
    "La ligne tapée n'arrive pas de l'autre côté.",
    "Suis ta ligne pas à pas : affiche-la après input(), puis juste avant sendall.",
    "Jusqu'où va la ligne que tu tapes ?", lessons.SEND, Flags.WAITS | Flags.VAGUE)
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

MANY = 20
"""Sends for one typed line, after which they do not stop."""

SENDING = ("send", "sendall", "os.write")
RECEIVING = ("recv", "os.read")
"""The calls on a socket that a message goes through."""

OTHERS_BUSINESS = {
    RECV: CHACUN_SON_TOUR,
    ACCEPT: ACCEPT_EN_BOUCLE,
    INPUT: RECEPTION_ATTEND_CLAVIER,
    STDIN: RECEPTION_ATTEND_CLAVIER,
}
"""What it means that a thread waits in a call which is not its own to wait in."""


def without_end(case: Case) -> Iterator[Finding]:
    """It sends, or shows, again and again."""
    message = undelivered(case)
    if not message.sends:
        if message.is_repeated("stdout"):
            yield Finding(AFFICHE_SANS_FIN, message.outside_loop("recv") or message.last_line(RECV))
        return
    sends = [one for one in message.later if isinstance(one, CallEnded) and one.call == SEND]
    if len(sends) > MANY or message.is_repeated("peer"):
        yield Finding(ENVOIE_SANS_FIN, message.outside_loop("input") or message.last_line(SEND))


def refused(message: UndeliveredMessage) -> Refused | None:
    """The call on the socket that failed, if one did; a loop that tries again after its time limit may be right."""
    if message.sends:
        return next((one for one in message.later if isinstance(one, Refused) and one.method in SENDING), None)
    told = message.run.facts[: index_of_next(message.run, message.move)]
    found = next((one for one in told if isinstance(one, Refused) and one.method in RECEIVING), None)
    patient = found is not None and found.error in ("TimeoutError", "BlockingIOError") and message.thread is not None
    return None if patient else found


def never_takes(case: Case) -> Iterator[Finding]:
    """Nothing reads the keyboard, or the connection."""
    if not (undelivered(case).sends and "stdin" in case.code.source):
        yield from _takes_nothing(case)


def _takes_nothing(case: Case) -> Iterator[Finding]:
    """No call of the file reads what should go through."""
    mistake, calls = (INPUT_JAMAIS, READS) if case.check == "send" else (RECV_JAMAIS, RECEIVES)
    function = function_of(case)
    if not case.code.calls(*calls):
        yield Finding(mistake, case.at(function.lineno) if function is not None else None)


def busy_elsewhere(case: Case) -> Iterator[Finding]:
    """The thread responsible waits for something that is the other's business."""
    message = undelivered(case)
    one, reads = message.thread, message.call in KEYBOARD
    own = reads if message.sends else message.call == RECV or (message.happened(RECV) and not reads)
    if one is None or own:
        return
    if one.call == SLEEP and one.patience_s > LONG_S:
        yield Finding(DORT_TROP, one.place, {"seconds": seconds(one.patience_s)})
    elif one.call == WAIT:
        yield Finding(ATTEND_SIGNAL, one.place, {"who": one.who})
    elif one.call in OTHERS_BUSINESS:
        yield Finding(OTHERS_BUSINESS[one.call], one.place)


def altered(case: Case) -> Iterator[Finding]:
    """Something else than the line came: changed, cut, or another text."""
    message = undelivered(case)
    if not message.answer.strip() or not (message.sends or message.happened(RECV)):
        return
    place = message.last_line(SEND) if message.sends else message.print_place()
    wanted = message.move.text
    text = message.answer.encode("latin-1", "replace").decode("utf-8", "replace").strip()
    end = text.splitlines()[-1][-8:].strip() if text else ""
    if wanted.lower() in text.lower() or wanted[::-1] in text:
        yield Finding(MESSAGE_CHANGE, place, {"difference": difference(wanted, text)})
    elif text and (end in wanted or text in wanted):
        yield Finding(MESSAGE_COUPE, place, {"difference": difference(wanted, text)})
    else:
        yield Finding(ENVOIE_AUTRE if message.sends else AFFICHE_AUTRE, place)


def closed(case: Case) -> Iterator[Finding]:
    """The socket was closed before the line could go through."""
    message = undelivered(case)
    yield from closed_before(case, message.run, message.move)


def closed_before(case: Case, run: Run, move: Fact) -> Iterator[Finding]:
    """The socket was closed while the conversation went on, before what the grader did next after ``move``."""
    for fact in run.facts[: index_of_next(run, move)]:
        if isinstance(fact, PeerLeft):
            return
        if isinstance(fact, SocketClosed) and fact.program == case.program and _is_conversation(run, fact):
            if not case.code.calls("join") and fact.thread == 1:
                yield Finding(SANS_JOIN, place_of(fact))
            pair = chat_threads(run, case.program)
            by_receiver = pair is not None and fact.thread == pair[1].number
            yield Finding(SOCKET_FERMEE, place_of(fact), check="reception" if by_receiver else "send")
            return


def _is_conversation(run: Run, closed: SocketClosed) -> bool:
    return closed.socket in conversations(run, closed.program)


def over(case: Case) -> Iterator[Finding]:
    """The program had ended before the grader went on."""
    message = undelivered(case)
    if message.is_over():
        yield from ended_early(changed(case, seen_in=message.run))


def ended_early(case: Case) -> Iterator[Finding]:
    """The program was over before the conversation."""
    brutal = case.code.calls(*BRUTAL)
    if brutal:
        yield Finding(ARRET_BRUTAL, case.at(brutal[0].lineno), {"name": text_of(brutal[0].func)})
    for fact in case.run.of(SocketClosed, case.program):
        if fact.thread != 1 and _is_conversation(case.run, fact) and not is_after_the_end(case.run, fact):
            yield Finding(SOCKET_FERMEE, place_of(fact))
    over = {fact.thread for fact in case.run.of(ThreadEnded, case.program)}
    alive = [one for one in case.run.of(ThreadStarted, case.program) if one.number not in over]
    if any(one.daemon for one in alive):
        yield Finding(DAEMON_ABANDONNE, place_of(alive[0]))
    yield from _takes_nothing(case)
    calls = case.code.calls("exit", "quit")
    yield Finding(FINI_TROP_TOT, case.at(calls[0].lineno) if calls else _last_place(case.run, case.program))


def _last_place(run: Run, program: str) -> Place | None:
    told = [one for one in run.facts if isinstance(one, ProbeFact) and one.program == program and one.line]
    return place_of(told[-1]) if told else None


def nothing_known(case: Case) -> Iterator[Finding]:
    """The line was lost, and nothing tells why."""
    message = undelivered(case)
    if message.sends:
        taken = message.last_line(SEND if message.number > 1 else INPUT)
        yield Finding(RIEN_ENVOYE, taken or case.verdict.place)
    else:
        yield Finding(RIEN_AFFICHE, message.last_line(RECV))
