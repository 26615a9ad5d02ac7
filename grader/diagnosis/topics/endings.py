"""Why a program does not end with its threads, or ends without them."""

from __future__ import annotations

import ast

from ...transcript.calls import (
    INPUT,
    RECV,
    SEND,
    STDIN,
    CallEnded,
    CallFailed,
    Joined,
    Received,
    StdinRead,
)
from ...transcript.facts import (
    Exited,
    InputEnded,
    PeerLeft,
    ProbeFact,
    ThreadStarted,
)
from ...transcript.place import Place
from ...transcript.questions import chat_threads, ended, join_called, join_calls, place_of
from ...transcript.record import Run
from .. import lessons
from ..case import Case, Finding
from ..code import received_names, text_of
from ..common import ARRET_BRUTAL, DAEMON_ABANDONNE, DORT_TROP, SANS_JOIN
from ..conversation import BRUTAL, LONG_S, endless
from ..mistake import Flags, Mistake
from ..uncalled import uncalled
from ..waiting import Waiting, waiting
from ..wording import seconds
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
    return next((one for one in case.runs if not one.has(Exited, case.actor)), None)


def ended_badly(case: Case) -> Finding:
    """Why a program that ended did not wait for its threads."""
    brutal = case.code.calls(*BRUTAL)
    if brutal:
        return Finding(ARRET_BRUTAL, case.at(brutal[0].lineno), {"name": text_of(brutal[0].func)})
    return uncalled(case.code, "join") or _no_join(case, case.run)


def held_up(case: Case, run: Run) -> Finding:
    """Which thread holds the program, and by what."""
    found = waiting(run, case.actor)
    calls = {one.call for one in found}
    exits = _exits_in_threads(case)
    main = next((one for one in found if one.thread == 1), None)
    if exits is not None and main is not None and main.call != "join":
        return exits
    for one in found:
        if not one.call:
            return Finding(BOUCLE_SANS_FIN, endless(case, one))
        if one.call == "sleep" and one.place is not None and case.code.loops_around(one.place.line):
            return Finding(BOUCLE_SANS_FIN, endless(case, one))
        if one.call == "sleep" and one.patience_s > LONG_S:
            return Finding(DORT_TROP, one.place, {"seconds": seconds(one.patience_s)})
    if "accept" in calls:
        return Finding(ATTEND_CLIENT, _place(found, "accept"))
    if exits is not None:
        return exits
    first = next((one for one in found if one.call != "join"), found[0] if found else None)
    return Finding(ATTEND_RIEN, first.place if first is not None else None)


def _place(found: list[Waiting], call: str) -> Place | None:
    return next((one.place for one in found if one.call == call), None)


def deaf_loop(case: Case, run: Run) -> Finding | None:
    """A loop that goes on though the other, or the keyboard, has gone."""
    tail = _after_end(run)
    for call, kind, mistake in TURNS:
        told = [one for one in tail if isinstance(one, CallEnded) and one.actor == case.actor and one.call == call]
        empty = [one for one in told if isinstance(one, kind) and not one.gave_something]
        if len(empty) >= DEAF_LOOP and (call != STDIN or not any(one.call == INPUT for one in told)):
            if mistake == CLAVIER_VIDE and any(isinstance(one, CallEnded) and one.call == INPUT for one in tail):
                continue
            place = place_of(empty[-1])
            if mistake != BOUCLE_APRES_DEPART:
                return Finding(mistake, place)
            return _compared_with_text(case, place) or Finding(mistake, _goes_on(case, place) or place)
    return None


def _after_end(run: Run) -> list[ProbeFact]:
    """What the program did once the conversation was over."""
    over = next(
        (index for index, one in enumerate(run.facts) if isinstance(one, (PeerLeft, InputEnded))), len(run.facts)
    )
    return [one for one in run.facts[over:] if isinstance(one, ProbeFact)]


def _exits_in_threads(case: Case) -> Finding | None:
    targets = {target_name(call) for call in case.code.calls("Thread")}
    for name in targets & set(case.code.functions):
        for call in case.code.calls("exit", "quit", inside=case.code.functions[name]):
            return Finding(EXIT_DANS_THREAD, case.at(call.lineno))
    return None


def _no_join(case: Case, run: Run) -> Finding:
    """The program ended, but did not wait for both threads."""
    return _gave_up(case, run) or _not_called(case, run) or _left_behind(case, run) or _wrong_status(case)


def _gave_up(case: Case, run: Run) -> Finding | None:
    """A join with a time limit that was not enough."""
    joins = [one for one in join_calls(run, case.actor) if one.timeout_s is not None]
    gave_up = any(not one.ended for each in case.runs for one in each.of(Joined, case.actor))
    if not joins or not gave_up:
        return None
    return Finding(JOIN_AVEC_DELAI, place_of(joins[0]), {"seconds": seconds(joins[0].timeout_s or 0.0)})


def _alive(case: Case, run: Run) -> list[ThreadStarted]:
    """The threads that the program left behind."""
    return [one for one in run.of(ThreadStarted, case.actor) if one.number not in ended(run, case.actor)]


def _not_called(case: Case, run: Run) -> Finding | None:
    """Join is missing, on both threads or on one."""
    joins = [call for call in case.code.calls("join") if not _joins_text(call)]
    threads = run.of(ThreadStarted, case.actor)
    if not joins:
        daemons = [one for one in _alive(case, run) if one.daemon]
        if daemons:
            return Finding(DAEMON_ABANDONNE, place_of(daemons[0]))
        return Finding(SANS_JOIN, place_of(threads[-1]) if threads else None)
    called_on = join_called(run, case.actor)
    missing = next((one for one in chat_threads(run, case.actor) or () if one.number not in called_on), None)
    if missing is None:
        return None
    name = next((one for one in missing.names if one.isidentifier()), missing.function)
    owners = [text_of(call.func.value) for call in joins if isinstance(call.func, ast.Attribute)]
    again = [call for number, call in enumerate(joins[: len(owners)]) if owners[number] in owners[:number]]
    if again:
        return Finding(JOIN_DEUX_FOIS_LE_MEME, case.at(again[0].lineno), {"name": name})
    return Finding(UN_SEUL_JOIN, place_of(missing), {"name": name})


def _left_behind(case: Case, run: Run) -> Finding | None:
    alive = _alive(case, run)
    if not alive:
        return None
    return Finding(DAEMON_ABANDONNE if alive[0].daemon else THREAD_ABANDONNE, place_of(alive[0]))


def _wrong_status(case: Case) -> Finding:
    calls = case.code.calls("exit", "quit")
    return Finding(FIN_BRUTALE, case.at(calls[0].lineno) if calls else None)


def _joins_text(call: ast.Call) -> bool:
    """Whether it is the join of texts."""
    return isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Constant)


def _compared_with_text(case: Case, place: Place | None) -> Finding | None:
    """What recv returned is compared with a text, which is never equal to bytes."""
    around = case.code.loops_around(place.line) if place is not None else []
    tests = [node for loop in around for node in ast.walk(loop) if isinstance(node, ast.Compare)]
    for node in tests:
        one, other = node.left, node.comparators[0]
        texts = [side for side in (one, other) if isinstance(side, ast.Constant) and isinstance(side.value, str)]
        names = [side.id for side in (one, other) if isinstance(side, ast.Name)]
        if texts and any(name in received_names(case.code, decoded=False) for name in names):
            return Finding(COMPARE_TEXTE_OCTETS, case.at(node.lineno))
    return None


def _goes_on(case: Case, place: Place | None) -> Place | None:
    """The statement that goes on with the loop though nothing was received."""
    received = received_names(case.code)
    for loop in case.code.loops_around(place.line) if place is not None else []:
        for node in ast.walk(loop):
            test = node.test if isinstance(node, ast.If) else None
            empty = isinstance(test, ast.UnaryOp) and text_of(test.operand) in received
            if isinstance(node, ast.If) and empty and isinstance(node.body[-1], (ast.Continue, ast.Pass)):
                return case.at(node.body[-1].lineno)
    return None
