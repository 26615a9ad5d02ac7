"""Why a program does not end with its threads, or ends without them."""

from __future__ import annotations

import ast

from ..transcript.facts import Entered, Exited, InputEnded, Left, PeerLeft, ProbeFact, ThreadStarted
from ..transcript.place import Place
from ..transcript.questions import chat_threads, ended, join_called, place_of
from ..transcript.record import Run
from . import loops
from .blocked import Waiting, seconds, waiting
from .code import text_of
from .finding import Case, Finding
from .lost import BRUTAL, LONG_S
from .network import endless
from .threads import target_name

DEAF_LOOP = 3
"""Empty answers of recv in a row after which a loop does not stop at the end."""

TURNS = (
    ("recv", 0, "boucle_apres_depart"),
    ("recv", -1, "erreur_avalee"),
    ("send", -1, "erreur_avalee"),
    ("input", -1, "clavier_avale"),
    ("stdin", 0, "clavier_vide"),
)
"""What a loop that does not stop repeats: the call, what it gives, and the mistake."""


def no_end(case: Case) -> Finding:
    """Why the program does not end with its threads."""
    run = next((one for one in case.runs if not one.has(Exited, case.actor)), case.run)
    if not run.has(Exited, case.actor):
        return _never_ends(case, run)
    brutal = case.code.calls(*BRUTAL)
    if brutal:
        return Finding("arret_brutal", case.at(brutal[0].lineno), {"name": text_of(brutal[0].func)})
    named = case.code.named_only("join")
    if named is not None:
        return Finding("join_sans_parentheses", case.at(named.lineno))
    return _no_join(case, run)


def _never_ends(case: Case, run: Run) -> Finding:
    """Which thread holds the program, and by what."""
    found = waiting(run, case.actor)
    turning = _deaf_loop(case, run)
    if turning is not None:
        return turning
    calls = {one.call for one in found}
    lock = loops.kept_lock(case)
    if lock is not None:
        return lock
    exits = _exits_in_threads(case)
    main = next((one for one in found if one.thread == 1), None)
    if exits is not None and main is not None and main.call != "join":
        return exits
    for one in found:
        if not one.call:
            return Finding("boucle_sans_fin", endless(case, one))
        if one.call == "sleep" and one.place is not None and case.code.loops_around(one.place.line):
            return Finding("boucle_sans_fin", endless(case, one))
        if one.call == "sleep" and one.patience_s > LONG_S:
            return Finding("dort_trop", one.place, {"seconds": seconds(one.patience_s)})
    if "accept" in calls:
        return Finding("attend_client", _place(found, "accept"))
    if exits is not None:
        return exits
    first = next((one for one in found if one.call != "join"), found[0] if found else None)
    return Finding("attend_rien", first.place if first is not None else None)


def _place(found: list[Waiting], call: str) -> Place | None:
    return next((one.place for one in found if one.call == call), None)


def _deaf_loop(case: Case, run: Run) -> Finding | None:
    """A loop that goes on though the other, or the keyboard, has gone."""
    tail = _after_end(run)
    for call, count, slug in TURNS:
        told = [one for one in tail if isinstance(one, Left) and one.actor == case.actor and one.call == call]
        empty = [one for one in told if one.count == count]
        if len(empty) >= DEAF_LOOP and (call != "stdin" or not any(one.call == "input" for one in told)):
            if slug == "clavier_vide" and any(isinstance(one, Left) and one.call == "input" for one in tail):
                continue
            place = place_of(empty[-1])
            if slug != "boucle_apres_depart":
                return Finding(slug, place)
            return loops.compared_with_text(case, place) or Finding(slug, loops.goes_on(case, place) or place)
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
            return Finding("exit_dans_thread", case.at(call.lineno))
    return None


def _no_join(case: Case, run: Run) -> Finding:
    """The program ended, but did not wait for both threads."""
    return _gave_up(case, run) or _not_called(case, run) or _left_behind(case, run) or _wrong_status(case)


def _gave_up(case: Case, run: Run) -> Finding | None:
    """A join with a time limit that was not enough."""
    joins = [one for one in run.of(Entered, case.actor) if one.call == "join" and one.timeout_s is not None]
    gave_up = any(one.call == "join" and one.count == 0 for each in case.runs for one in each.of(Left, case.actor))
    if not joins or not gave_up:
        return None
    return Finding("join_avec_delai", place_of(joins[0]), {"seconds": seconds(joins[0].timeout_s or 0.0)})


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
            return Finding("daemon_abandonne", place_of(daemons[0]))
        return Finding("sans_join", place_of(threads[-1]) if threads else None)
    called_on = join_called(run, case.actor)
    missing = next((one for one in chat_threads(run, case.actor) or () if one.number not in called_on), None)
    if missing is None:
        return None
    name = next((one for one in missing.names if one.isidentifier()), missing.function)
    owners = [text_of(call.func.value) for call in joins if isinstance(call.func, ast.Attribute)]
    again = [call for number, call in enumerate(joins[: len(owners)]) if owners[number] in owners[:number]]
    if again:
        return Finding("join_deux_fois_le_meme", case.at(again[0].lineno), {"name": name})
    return Finding("un_seul_join", place_of(missing), {"name": name})


def _left_behind(case: Case, run: Run) -> Finding | None:
    alive = _alive(case, run)
    if not alive:
        return None
    return Finding("daemon_abandonne" if alive[0].daemon else "thread_abandonne", place_of(alive[0]))


def _wrong_status(case: Case) -> Finding:
    calls = case.code.calls("exit", "quit")
    return Finding("fin_brutale", case.at(calls[0].lineno) if calls else None)


def _joins_text(call: ast.Call) -> bool:
    """Whether it is the join of texts."""
    return isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Constant)
