"""Why what is typed does not arrive, or what arrives is not shown."""

from __future__ import annotations

import ast

from ..checks.questions import MOVES, chat_threads, lines, place_of, simplified
from ..checks.verdict import Place
from ..transcript.facts import (
    Exited,
    Fact,
    Flooded,
    Heard,
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
from ..transcript.record import Run
from . import loops
from .blocked import Waiting, waiting
from .code import Function, called, kind_of, text_of
from .finding import Case, Finding
from .step1 import difference, refused_call

SMALL = 40
"""Bytes: a recv of no more cuts the messages of a chat."""

LONG_S = 4.0
"""A sleep that a conversation cannot bear: the contract gives each step 5 seconds."""

MANY = 20
"""Sends for one typed line, after which they do not stop."""

LOSSY = ("ignore", "replace", "backslashreplace", "xmlcharrefreplace")
"""What encode and decode can be told to do with what they do not know."""

UTF_8 = ("utf-8", "utf8", "u8")


def not_sent(case: Case) -> Finding:
    """Why a typed line did not reach the other side."""
    run, move, number, answer = _missed(case, Typed)
    if move is None:
        return _ended_early(case, run)
    later = after(run, move)
    found = waiting(run, case.actor, next_move(run, move))
    sender = _thread_of(case, run, found, 0)
    sends = [one for one in later if isinstance(one, Left) and one.call == "send"]
    before = [one.text for one in run.of(Typed, case.actor)[: number - 1]]
    if (
        len(sends) > MANY
        or any(text in answer for text in before)
        or any(isinstance(fact, Flooded) and fact.stream == "peer" for fact in run.facts)
    ):
        return Finding("envoie_sans_fin", _outside_loop(case, "send", "input") or _last_line(run, case.actor, "send"))
    refused = next((one for one in later if isinstance(one, Refused) and one.method in ("send", "sendall")), None)
    if refused is not None and not _closed_before(run, refused):
        return refused_call(case, refused)
    early = closed_early(case, run, move)
    if early is not None:
        return early
    written = loops.wrong_condition(case) or loops.kept_lock(case)
    if written is not None:
        return written
    if refused is not None:
        return refused_call(case, refused)
    if answer.strip() and "{" in answer and loops.missing_f(case) is not None:
        return loops.missing_f(case) or Finding("f_oublie")
    coded = encoding_of(case) if answer.strip() and "\0" in answer else None
    if coded is not None:
        return coded
    if answer.strip():
        return _changed(move.text, answer, "envoie_autre", _last_line(run, case.actor, "send"))
    if sender is not None and sender.call in ("recv", "join", "wait", "accept", "sleep"):
        return _waits_for_other(case, sender)
    if run.has(Exited, case.actor) and run.facts.index(run.of(Exited, case.actor)[0]) < _index_of_next(run, move):
        return _ended_early(case, run)
    if number > 1:
        place = _last_line(run, case.actor, "send")
        stop = loops.early_exit(case, _last_line(run, case.actor, "input"))
        return stop or Finding("send_sans_boucle" if sender is None else "rien_envoye", place)
    if not case.code.calls("input", "readline", "read") and "stdin" not in case.code.source:
        return Finding("input_jamais", _function_place(case, "send"))
    named = case.code.named_only("send", "sendall")
    if named is not None:
        return Finding("sans_parentheses", case.at(named.lineno), {"name": "." + named.attr})
    sender_reads = sender is not None and sender.call in ("input", "stdin")
    taken = any(isinstance(one, Left) and one.call in ("stdin", "input") and one.count > 0 for one in later)
    if taken and not case.code.calls("send", "sendall", "sendto", "write", "sendmsg"):
        again = loops.calls_itself(case, _function(case, "send"))
        return again or Finding("send_jamais", _last_line(run, case.actor, "input"))
    place = _last_line(run, case.actor, "input") or case.verdict.place
    if sender_reads and sender is not None:
        everything = case.code.calls("read", "readlines")
        if everything:
            return Finding("lit_tout", case.at(everything[0].lineno), {"name": called(everything[0])})
        if taken and len(case.code.calls("input", "readline")) > 1:
            return Finding("lit_deux_fois", sender.place)
    return Finding("rien_envoye", place)


def not_shown(case: Case) -> Finding:
    """Why a message of the other side was not shown."""
    run, move, number, answer = _missed(case, Said)
    if move is None:
        return _ended_early(case, run)
    later = after(run, move)
    found = waiting(run, case.actor, next_move(run, move))
    receiver = _thread_of(case, run, found, 1)
    received = _last_line(run, case.actor, "recv")
    if case.verdict.cause == "affiche_octets":
        return Finding("affiche_octets", _print_place(case, received) or received)
    before = [one.text for one in run.of(Said, case.actor)[: number - 1]]
    again = any(text in answer for text in before)
    if again or any(isinstance(fact, Flooded) and fact.stream == "stdout" for fact in run.facts):
        return Finding("affiche_sans_fin", _outside_loop(case, "recep", "recv") or received)
    told = run.facts[: _index_of_next(run, move)]
    refused = next((one for one in told if isinstance(one, Refused) and one.method == "recv"), None)
    if refused is not None and refused.error in ("TimeoutError", "BlockingIOError") and receiver is not None:
        refused = None  # a loop that tries again may be right
    if refused is not None and not _closed_before(run, refused):
        return refused_call(case, refused)
    early = closed_early(case, run, move)
    if early is not None:
        return early
    if refused is not None:
        return refused_call(case, refused)
    written = loops.wrong_condition(case) or loops.inverted_test(case) or loops.kept_lock(case)
    if written is not None:
        return written
    named = case.code.named_only("decode", "recv")
    if named is not None:
        return Finding("sans_parentheses", case.at(named.lineno), {"name": "." + named.attr})
    small = _small_recv(case)
    if small is not None and (answer.strip() or any(isinstance(one, Left) and one.call == "recv" for one in later)):
        return Finding("recv_trop_petit", case.at(small[0]), {"size": _octets(small[1])})
    if not case.code.calls("recv", "recvfrom", "recv_into", "makefile", "read"):
        return Finding("recv_jamais", _function_place(case, "recep"))
    got = any(isinstance(one, Left) and one.call == "recv" and one.count > 0 for one in later)
    if got and "{" in answer and loops.missing_f(case) is not None:
        return loops.missing_f(case) or Finding("f_oublie")
    if got and answer.strip():
        return _changed(move.text, answer, "affiche_autre", _print_place(case, received) or received)
    if receiver is not None and receiver.call in ("input", "stdin", "join", "wait", "accept", "sleep") and not got:
        return _waits_for_other(case, receiver)
    if got and receiver is not None and receiver.call in ("input", "stdin"):
        return Finding("reception_attend_clavier", receiver.place)
    if run.has(Exited, case.actor) and run.facts.index(run.of(Exited, case.actor)[0]) < _index_of_next(run, move):
        return _ended_early(case, run)
    if number > 1 and receiver is None:
        return loops.early_exit(case, received) or Finding("reception_sans_boucle", received)
    if got:
        function = _function(case, "recep")
        twice = loops.late_print(case, function) or loops.received_twice(case, function)
        return twice or Finding("rien_affiche" if loops.shows_something(case, function) else "print_oublie", received)
    if receiver is None and run.has(ThreadStarted, case.actor) and number == 1 and _loop_place(case) is not None:
        return Finding("recv_mauvaise_boucle", _loop_place(case))
    return Finding("rien_affiche", received)


def _closed_before(run: Run, refused: Refused) -> bool:
    """Whether the program had closed a socket before a call was refused."""
    before = run.facts[: run.facts.index(refused)]
    return any(isinstance(one, SocketClosed) and one.actor == refused.actor for one in before)


def _missed(case: Case, kind: type[Typed] | type[Said]) -> tuple[Run, Typed | Said | None, int, str]:
    """The first line that did not come: where, which, its number from 1, and what came instead."""
    order = case.runs if kind is Typed else case.runs[::-1]
    by = "" if kind is Typed else case.actor
    for run in order:
        missed = next(((n, one) for n, one in enumerate(lines(run, kind, case.actor, by), 1) if not one.came), None)
        if missed is not None:
            number, line = missed
            return run, line.move, number, line.answer
    return order[0], None, 0, ""


def after(run: Run, move: Fact) -> list[Fact]:
    """What was seen from a move to the next."""
    return list(run.facts[run.facts.index(move) + 1 : _index_of_next(run, move)])


def next_move(run: Run, move: Fact) -> Fact | None:
    """What the grader did next after a move; None where that was the last."""
    return next((fact for fact in run.facts[run.facts.index(move) + 1 :] if isinstance(fact, MOVES)), None)


def _index_of_next(run: Run, move: Fact) -> int:
    following = next_move(run, move)
    return len(run.facts) if following is None else run.facts.index(following)


def _thread_of(case: Case, run: Run, found: list[Waiting], which: int) -> Waiting | None:
    """What the thread envoi (0) or recep (1) is doing; None where it has ended."""
    pair = chat_threads(run, case.actor)
    if pair is None:
        return next((one for one in found if one.thread == 1), None)
    return next((one for one in found if one.thread == pair[which].number), None)


def _last_line(run: Run, actor: str, call: str) -> Place | None:
    """The line of the last call of a kind."""
    wanted = (call, "stdin") if call == "input" else (call,)
    told = [one for one in run.of(Left, actor) if one.call in wanted and one.line and one.count >= 0]
    return place_of(told[-1]) if told else None


def _waits_for_other(case: Case, one: Waiting) -> Finding:
    """A thread waits for something that is the other's business."""
    if one.call == "recv":
        return Finding("chacun_son_tour", one.place)
    if one.call in ("input", "stdin"):
        return Finding("reception_attend_clavier", one.place)
    if one.call == "sleep" and one.patience_s > LONG_S:
        return Finding("dort_trop", one.place, {"seconds": one.lasts})
    if one.call == "accept":
        return Finding("accept_en_boucle", one.place)
    if one.call == "wait":
        return Finding("attend_signal", one.place, {"who": one.who})
    return Finding("rien_envoye" if case.check == "send" else "rien_affiche", one.place)


def _changed(wanted: str, answer: str, otherwise: str, place: Place | None) -> Finding:
    """Something else than the line came: changed, cut, or another text."""
    text = answer.encode("latin-1", "replace").decode("utf-8", "replace").strip()
    if wanted.lower() in text.lower() or wanted[::-1] in text:
        return Finding("message_change", place, {"difference": difference(wanted, text)})
    whole = text.splitlines()[-1] if text else ""
    if whole and (whole[-8:].strip() in wanted or text in wanted):
        return Finding("message_coupe", place, {"difference": difference(wanted, text)})
    return Finding(otherwise, place)


def _small_recv(case: Case) -> tuple[int, int] | None:
    """The line and the size of a recv that takes very little."""
    for call in case.code.calls("recv"):
        size = case.code.resolve(call.args[0]) if call.args else None
        if isinstance(size, ast.Constant) and isinstance(size.value, int) and size.value <= SMALL:
            return call.lineno, size.value
    return None


def _print_place(case: Case, received: Place | None) -> Place | None:
    """The print that shows what was received: the next one below it."""
    after = received.line if received is not None else 0
    for call in case.code.calls("print", "write"):
        if call.lineno >= after and received is not None:
            return case.at(call.lineno)
    return None


def _octets(count: int) -> str:
    return "un seul octet" if count == 1 else f"{count} octets"


def _outside_loop(case: Case, role: str, call: str) -> Place | None:
    """A call that should be in the loop of a function, and is not."""
    function = _function(case, role)
    found = case.code.calls(call, inside=function) if function is not None else []
    return next((case.at(one.lineno) for one in found if not case.code.loops_around(one.lineno)), None)


def _function(case: Case, role: str) -> Function | None:
    stems = ("send", "envo") if role == "send" else ("recep", "recev", "recoi", "receiv")
    found = (one for name, one in case.code.functions.items() if any(stem in simplified(name) for stem in stems))
    return next(found, None)


def _function_place(case: Case, role: str) -> Place | None:
    function = _function(case, role)
    return case.at(function.lineno) if function is not None else None


def _loop_place(case: Case) -> Place | None:
    function = _function(case, "recep")
    found = [node for node in ast.walk(function) if isinstance(node, ast.While)] if function is not None else []
    doubtful = [node for node in found if not isinstance(node.test, ast.Constant)]
    return case.at(doubtful[0].lineno) if doubtful else None


def closed_early(case: Case, run: Run, move: Fact) -> Finding | None:
    """The socket was closed while the conversation went on, before the grader's next move after ``move``."""
    until = _index_of_next(run, move)
    for fact in run.facts[:until]:
        if isinstance(fact, PeerLeft):
            return None
        if isinstance(fact, SocketClosed) and fact.actor == case.actor and _is_conversation(run, fact):
            if not case.code.calls("join") and fact.thread == 1:
                return Finding("sans_join", place_of(fact))
            pair = chat_threads(run, case.actor)
            by_receiver = pair is not None and fact.thread == pair[1].number
            return Finding("socket_fermee", place_of(fact), check="reception" if by_receiver else "send")
    return None


def _is_conversation(run: Run, closed: SocketClosed) -> bool:
    met = [one for one in run.of(Left, closed.actor) if one.call in ("accept", "connect") and one.count > 0]
    return any(closed.socket == (one.count if one.call == "accept" else one.target) for one in met)


def _ended_early(case: Case, run: Run) -> Finding:
    """The program was over before the conversation."""
    threads = run.of(ThreadStarted, case.actor)
    brutal = case.code.calls("_exit", "kill", "abort")
    if brutal:
        return Finding("arret_brutal", case.at(brutal[0].lineno), {"name": text_of(brutal[0].func)})
    for fact in run.of(SocketClosed, case.actor):
        if fact.thread != 1 and _is_conversation(run, fact) and not _over(run, fact):
            return Finding("socket_fermee", place_of(fact))
    ended = {fact.thread for fact in run.of(ThreadEnded, case.actor)}
    alive = [one for one in threads if one.number not in ended]
    if any(one.daemon for one in alive):
        return Finding("daemon_abandonne", place_of(alive[0]))
    if case.check == "send" and not case.code.calls("input", "readline", "read"):
        return Finding("input_jamais", _function_place(case, "send"))
    if case.check == "reception" and not case.code.calls("recv", "recvfrom", "recv_into", "makefile"):
        return Finding("recv_jamais", _function_place(case, "recep"))
    calls = case.code.calls("exit", "quit", "_exit")
    return Finding("fini_trop_tot", case.at(calls[0].lineno) if calls else _last_place(run, case.actor))


def _over(run: Run, fact: Fact) -> bool:
    """Whether the other had gone, or the keyboard had ended, before something happened."""
    before = run.facts[: run.facts.index(fact)]
    return any(isinstance(one, (PeerLeft, InputEnded)) for one in before)


def _last_place(run: Run, actor: str) -> Place | None:
    told = [one for one in run.facts if isinstance(one, ProbeFact) and one.actor == actor and one.line]
    return place_of(told[-1]) if told else None


def encoding_of(case: Case) -> Finding | None:
    """Why accents do not arrive: a rule that does not know them, on one side or on both."""
    for call in case.code.calls("encode", "decode", "bytes", "str"):
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        texts = [one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if called(call) in ("bytes", "str"):
            texts = texts[-1:] if len(call.args) > 1 else []
        lossy = next((text for text in texts if text in LOSSY), "")
        rule = next((text for text in texts if text != lossy and text.lower().replace("_", "-") not in UTF_8), "")
        if rule:
            return Finding("encodages_differents", case.at(call.lineno), {"name": rule})
        if lossy:
            return Finding("accents_jetes", case.at(call.lineno), {"name": lossy})
    shown = next((call for call in case.code.calls("str", "repr") if len(call.args) == 1 and not call.keywords), None)
    if shown is not None and kind_of(shown.args[0], case.code) == "bytes":
        return Finding("str_sur_octets", case.at(shown.lineno))
    small = _small_recv(case)
    if small is not None:
        return Finding("accents_coupes", case.at(small[0]), {"size": _octets(small[1])})
    return None


def moment(case: Case) -> tuple[Run, Fact | None]:
    """When a check was lost: the run, and the next thing that the grader did after it gave up; None for the end."""
    if case.check in ("send", "reception"):
        run, move, _, _ = _missed(case, Typed if case.check == "send" else Said)
        return run, None if move is None else next_move(run, move)
    if case.check == "join":
        run = next((one for one in case.runs if not one.has(Exited, case.actor)), case.run)
        return run, None
    return case.run, next(
        (one for one in case.run.facts if isinstance(one, MOVES)), None
    ) if case.check == "threads" else None


def lines_without_end(case: Case) -> Finding | None:
    """One program reads whole lines, and the other sends none: nothing ends its messages."""
    other = "client" if case.actor == "serveur" else "serveur"
    reads = case.code.calls("readline", "makefile")
    run = case.transcript.run(f"{other}.parle")
    heard = "".join(one.text for one in run.of(Heard, other))
    if reads and heard and "\n" not in heard:
        program = case.submission.programs.get(other)
        sent = _last_line(run, other, "send")
        return Finding(
            "fin_de_ligne_absente", sent, {"other": case.code.file, "file": program.file if program else other}
        )
    return None


def cut(case: Case) -> Finding | None:
    """Where a long message is cut."""
    run = case.transcript.run(f"{case.actor}.long")
    found = lines(run, Said, case.actor, case.actor)
    if found and all(line.came for line in found):
        return None
    return Finding("long_coupe", _last_line(run, case.actor, "recv"))
