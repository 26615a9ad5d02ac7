"""Why a program does not end with its threads, or ends without them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ...french import seconds
from ...transcript.calls import (
    ACCEPT,
    INPUT,
    JOIN,
    RECV,
    SEND,
    SLEEP,
    STDIN,
    CallEnded,
    CallFailed,
    Joined,
    Received,
    StdinRead,
)
from ...transcript.facts import Exited, InputEnded, PeerLeft, ThreadStarted
from ...transcript.place import Place
from ...transcript.questions import place_of
from ...transcript.record import Run
from ...transcript.threads import chat_threads, ended, join_called, join_calls
from .. import lessons
from ..case import Case, Detector, Finding, each_of
from ..code import received_names, text_of
from ..common import ARRET_BRUTAL, DAEMON_ABANDONNE, DORT_TROP, SANS_JOIN
from ..conversation import BRUTAL, LONG_S, endless
from ..mistake import Flags, Mistake
from ..uncalled import uncalled
from ..waiting import Waiting, waiting
from ..written_threads import target_name

# fmt: off
BOUCLE_APRES_DEPART = Mistake("boucle_apres_depart", "join", "recv rend b\"\" et la boucle continue",
    "Quand l'autre est parti, recv rend b\"\" tout de suite, à chaque fois : ta boucle de la ligne {line} tourne alors à toute vitesse, sans jamais finir.",
    "Juste après recv : si le résultat est vide, sors de la boucle avec break.",
    "Que rend recv quand l'autre est parti, et que fait alors ta boucle ?", lessons.RECEPTION, Flags.WAITS)
ERREUR_AVALEE = Mistake("erreur_avalee", "join", "une erreur est attrapée dans une boucle, qui recommence",
    "À la fin, la ligne {line} lève une erreur, ton « except » l'attrape, et la boucle recommence : sans fin.",
    "Dans le except, sors de la boucle avec break.",
    "Après le except, où va le programme ?", lessons.FINIR, Flags.WAITS)
CLAVIER_AVALE = Mistake("clavier_avale", "join", "la fin du clavier est attrapée dans une boucle, qui recommence",
    "Quand le clavier est fini, input() lève EOFError ligne {line} : ton « except » l'attrape, et la boucle recommence sans fin.",
    "Dans le except, sors de la boucle avec break.",
    "Après Ctrl+D, que fait ta boucle ?", lessons.FINIR, Flags.WAITS)
CLAVIER_VIDE = Mistake("clavier_vide", "join", "la fin du clavier est lue comme une ligne vide, sans fin",
    "Quand le clavier est fini, la ligne {line} rend un texte vide, sans fin : ta boucle ne s'arrête pas.",
    "Si le texte lu est vide (\"\"), sors de la boucle avec break.",
    "Que rend readline() quand le clavier est fini ?", lessons.FINIR, Flags.WAITS)
BOUCLE_SANS_FIN = Mistake("boucle_sans_fin", "join", "le programme tourne sans fin",
    "Quand la conversation est finie, une boucle continue de tourner sans rien attendre.",
    "Sors de la boucle avec break quand l'autre est parti, ou quand le clavier est fini.",
    "Quelle boucle ne s'arrête pas ?", lessons.FINIR, Flags.WAITS)
ATTEND_CLIENT = Mistake("attend_client", "join", "le programme attend un autre client",
    "La conversation est finie, mais ton programme attend encore un client (ligne {line}).",
    "Enlève la boucle autour de accept() : un seul client suffit.",
    "Combien de clients ton serveur doit-il attendre ?", lessons.FINIR, Flags.WAITS)
ATTEND_RIEN = Mistake("attend_rien", "join", "le programme reste bloqué à la fin",
    "La conversation est finie, mais la ligne {line} attend encore quelque chose qui ne viendra plus.",
    "Fais finir cette attente quand l'autre est parti et que le clavier est fini.",
    "Qu'attend la ligne {line}, et qui pourrait le lui donner ?", lessons.FINIR, Flags.WAITS)
EXIT_DANS_THREAD = Mistake("exit_dans_thread", "join", "exit est appelé dans un thread",
    "Ligne {line}, exit() dans un thread n'arrête que ce thread, pas le programme.",
    "Enlève exit() : quand envoi et recep ont fini, le programme finit tout seul.",
    "Qu'arrête exit() quand c'est un thread qui l'appelle ?", lessons.FINIR, Flags.WAITS)
UN_SEUL_JOIN = Mistake("un_seul_join", "join", "join n'est appelé que sur un des deux threads",
    "Un seul des deux threads est attendu : il manque join sur {name}.",
    "Ajoute {name}.join() à la fin.",
    "Quels threads attends-tu ?", lessons.ATTENDRE_FIN)
JOIN_DEUX_FOIS_LE_MEME = Mistake("join_deux_fois_le_meme", "join", "join est appelé deux fois sur le même thread",
    "join est appelé deux fois sur le même thread : l'autre, {name}, n'est pas attendu.",
    "Écris {name}.join(), ligne {line} de {file}.",
    "Sur quels threads appelles-tu .join() ?", lessons.ATTENDRE_FIN)
JOIN_AVEC_DELAI = Mistake("join_avec_delai", "join", "join abandonne après un délai",
    "Ligne {line}, join n'attend que {seconds} : passé ce temps, il abandonne.",
    "Enlève le nombre : .join() attend aussi longtemps qu'il faut.",
    "Que veut dire le nombre entre les parenthèses de join ?", lessons.ATTENDRE_FIN)
THREAD_ABANDONNE = Mistake("thread_abandonne", "join", "le programme finit alors qu'un thread travaille encore",
    "Le programme s'arrête alors qu'un thread travaille encore.",
    "Attends les deux threads avec .join() avant de finir.",
    "Pourquoi le programme finit-il avant ses threads ?", lessons.ATTENDRE_FIN)
FIN_BRUTALE = Mistake("fin_brutale", "join", "le programme finit avec un code autre que 0",
    "Ton programme finit avec un code autre que 0 : exit(…) dit au système « ça s'est mal passé ».",
    "Enlève exit(…), ou écris exit(0).",
    "Quel nombre donnes-tu à exit ?", lessons.FINIR, Flags.PLAIN)
TRACEBACK_FINAL = Mistake("traceback_final", "propre", "un programme finit en montrant une erreur",
    "À la fin de la conversation, Python montre une erreur.",
    "Attrape cette exception là où elle arrive, sans l'afficher : EOFError pour input(), OSError pour la socket.",
    "Quelle ligne lève l'erreur, et pourquoi à ce moment-là ?", lessons.FINIR)
COMPARE_TEXTE_OCTETS = Mistake("compare_texte_octets", "join", "ce que rend recv est comparé à un texte",
    "Ligne {line}, tu compares des octets (ce que rend recv) à un texte (\"\") : ils ne sont jamais égaux, et la boucle ne s'arrête jamais.",
    "Compare avec b\"\", ou écris « if not … ».",
    "b\"\" et \"\" : est-ce la même chose ?", lessons.OCTETS)
# fmt: on

DEAF_LOOP = 3
"""Empty answers of recv in a row after which a loop does not stop at the end."""

TURNS = (
    (RECV, Received, BOUCLE_APRES_DEPART),
    (RECV, CallFailed, ERREUR_AVALEE),
    (SEND, CallFailed, ERREUR_AVALEE),
    (INPUT, CallFailed, CLAVIER_AVALE),
    (STDIN, StdinRead, CLAVIER_VIDE),
)
"""What a loop that does not stop repeats: the call, how it ends (giving nothing), and the mistake."""


def hanging(case: Case) -> Run | None:
    """The first conversation after which the program goes on; None where it has ended after each."""
    return next((one for one in case.runs if not one.has(Exited, case.program)), None)


def deaf_loop(case: Case) -> Iterator[Finding]:
    """A loop that goes on though the other, or the keyboard, has gone."""
    tail = _calls_after_end(case)
    calls = {one.call for one in tail}
    for call, kind, mistake in TURNS:
        empty = [one for one in tail if one.call == call and isinstance(one, kind) and not one.gave_something]
        inner = call == STDIN and INPUT in calls  # input() itself reads standard input
        if len(empty) >= DEAF_LOOP and not inner:
            place = place_of(empty[-1])
            if mistake is BOUCLE_APRES_DEPART:
                yield from _compared_with_text(case, place)
                place = _goes_on(case, place) or place
            yield Finding(mistake, place)


def _calls_after_end(case: Case) -> list[CallEnded]:
    """The calls that the program came back from once the conversation was over."""
    facts = case.run.facts
    over = next((at for at, one in enumerate(facts) if isinstance(one, (PeerLeft, InputEnded))), len(facts))
    return [one for one in facts[over:] if isinstance(one, CallEnded) and one.program == case.program]


def _compared_with_text(case: Case, place: Place | None) -> Iterator[Finding]:
    """What recv returned is compared with a text, which is never equal to bytes."""
    received = received_names(case.code, decoded=False)
    loops = case.code.loops_around(place.line) if place is not None else []
    for node in (node for loop in loops for node in ast.walk(loop) if isinstance(node, ast.Compare)):
        sides = (node.left, node.comparators[0])
        text = any(isinstance(side, ast.Constant) and isinstance(side.value, str) for side in sides)
        if text and any(isinstance(side, ast.Name) and side.id in received for side in sides):
            yield Finding(COMPARE_TEXTE_OCTETS, case.at(node.lineno))


def _goes_on(case: Case, place: Place | None) -> Place | None:
    """The statement that goes on with the loop though nothing was received."""
    received = received_names(case.code)
    loops = case.code.loops_around(place.line) if place is not None else []
    for node in (node for loop in loops for node in ast.walk(loop) if isinstance(node, ast.If)):
        empty = isinstance(node.test, ast.UnaryOp) and text_of(node.test.operand) in received
        if empty and isinstance(node.body[-1], (ast.Continue, ast.Pass)):
            return case.at(node.body[-1].lineno)
    return None


def held_up(case: Case) -> Iterator[Finding]:
    """Which thread holds the program, and by what."""
    found = waiting(case.run, case.program)
    main = next((one for one in found if one.thread == 1), None)
    if main is not None and main.call != JOIN:
        yield from _exits_in_threads(case)
    for one in found:
        yield from _busy(case, one)
    for one in found:
        if one.call == ACCEPT:
            yield Finding(ATTEND_CLIENT, one.place)
    yield from _exits_in_threads(case)
    first = next((one for one in found if one.call != JOIN), found[0] if found else None)
    yield Finding(ATTEND_RIEN, first.place if first is not None else None)


def _busy(case: Case, one: Waiting) -> Iterator[Finding]:
    """A thread that goes round, or sleeps."""
    sleeps = one.call == SLEEP
    if not one.call or (sleeps and one.place is not None and case.code.loops_around(one.place.line)):
        yield Finding(BOUCLE_SANS_FIN, endless(case, one))
    elif sleeps and one.patience_s > LONG_S:
        yield Finding(DORT_TROP, one.place, {"seconds": seconds(one.patience_s)})


def _exits_in_threads(case: Case) -> Iterator[Finding]:
    threads = {target_name(call) for call in case.code.calls("Thread")}
    for name, function in case.code.functions.items():
        for call in case.code.calls("exit", "quit", inside=function) if name in threads else ():
            yield Finding(EXIT_DANS_THREAD, case.at(call.lineno))


def ended_badly(case: Case) -> Iterator[Finding]:
    """Why a program that ended did not wait for its threads."""
    yield from each_of(DETECTORS, case)


def _brutal(case: Case) -> Iterator[Finding]:
    for call in case.code.calls(*BRUTAL):
        yield Finding(ARRET_BRUTAL, case.at(call.lineno), {"name": text_of(call.func)})


def _gave_up(case: Case) -> Iterator[Finding]:
    """A join with a time limit that was not enough."""
    joins = [one for one in join_calls(case.run, case.program) if one.timeout_s is not None]
    gave_up = any(not one.ended for run in case.runs for one in run.of(Joined, case.program))
    if joins and gave_up:
        yield Finding(JOIN_AVEC_DELAI, place_of(joins[0]), {"seconds": seconds(joins[0].timeout_s or 0.0)})


def _never_joins(case: Case) -> Iterator[Finding]:
    """Nothing in the file waits for a thread."""
    if _joins(case):
        return
    for one in _alive(case):
        if one.daemon:
            yield Finding(DAEMON_ABANDONNE, place_of(one))
    threads = case.run.of(ThreadStarted, case.program)
    yield Finding(SANS_JOIN, place_of(threads[-1]) if threads else None)


def _one_join(case: Case) -> Iterator[Finding]:
    """One of the two threads is not waited for; perhaps the other is, twice."""
    waited_for = join_called(case.run, case.program)
    pair = chat_threads(case.run, case.program) or ()
    missing = next((one for one in pair if one.number not in waited_for), None)
    if missing is None:
        return
    name = next((one for one in missing.names if one.isidentifier()), missing.function)
    owners: set[str] = set()
    for call in _joins(case):
        if isinstance(call.func, ast.Attribute):
            owner = text_of(call.func.value)
            if owner in owners:
                yield Finding(JOIN_DEUX_FOIS_LE_MEME, case.at(call.lineno), {"name": name})
            owners.add(owner)
    yield Finding(UN_SEUL_JOIN, place_of(missing), {"name": name})


def _joins(case: Case) -> list[ast.Call]:
    """The joins of the file, but for those of texts."""
    calls = case.code.calls("join")
    return [
        one for one in calls if not (isinstance(one.func, ast.Attribute) and isinstance(one.func.value, ast.Constant))
    ]


def _alive(case: Case) -> list[ThreadStarted]:
    """The threads that the program left behind."""
    over = ended(case.run, case.program)
    return [one for one in case.run.of(ThreadStarted, case.program) if one.number not in over]


def _left_behind(case: Case) -> Iterator[Finding]:
    for one in _alive(case):
        yield Finding(DAEMON_ABANDONNE if one.daemon else THREAD_ABANDONNE, place_of(one))


def _wrong_status(case: Case) -> Iterator[Finding]:
    calls = case.code.calls("exit", "quit")
    yield Finding(FIN_BRUTALE, case.at(calls[0].lineno) if calls else None)


DETECTORS: tuple[Detector, ...] = (
    _brutal,
    uncalled("join"),
    _gave_up,
    _never_joins,
    _one_join,
    _left_behind,
    _wrong_status,
)
"""Who looks for the reason why a program ended without its threads, in this order."""
