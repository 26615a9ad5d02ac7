"""Why the two threads do not work side by side, or the program does not end with them."""

from __future__ import annotations

import ast
from dataclasses import replace

from ..checks.chat import check_threads
from ..checks.questions import MOVES, chat_threads, ended, join_called, place_of, simplified, with_target
from ..checks.verdict import Place, Status
from ..transcript.facts import Entered, Exited, Fact, InputEnded, Left, PeerLeft, ProbeFact, ThreadStarted
from ..transcript.record import Run
from . import loops
from .blocked import Waiting, seconds, waiting
from .code import Code, called, keyword, targets, text_of
from .finding import Case, Finding
from .network import endless

ROOTS = frozenset({
    "target_appelee", "target_oubliee", "target_sans_nom", "args_sans_virgule", "args_nombre", "args_serveur",
    "run_au_lieu_de_start", "sans_thread", "appels_directs", "jamais_demarre", "start_sans_parentheses", "run_absent",
    "un_seul_thread", "thread_ecrase", "accept_en_boucle", "start_deux_fois", "meme_fonction", "pas_ensemble",
    "thread_trop_tot", "target_entre_guillemets", "fini_trop_tot",
})  # fmt: skip
"""Mistakes with threads that stop messages and the end as well."""

BRUTAL = ("_exit", "kill", "abort", "raise_signal")
"""Calls that end a program without any ceremony."""

LONG_S = 4.0
"""Seconds of sleep that keep a program from ending in time."""

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


def no_two_threads(case: Case) -> Finding:
    """Why envoi and recep are not alive at the same time."""
    code, run = case.code, case.run
    for call in code.calls("Thread", "Timer"):
        target = keyword(call, "target")
        if isinstance(target, ast.Call) and called(target) in code.functions:
            return _at(case, call, "target_appelee", name=called(target), text=text_of(target))
    for call in code.calls("start_new_thread"):
        if call.args and isinstance(call.args[0], ast.Call):
            return _at(case, call, "target_appelee", name=called(call.args[0]), text=text_of(call.args[0]))
    lazy = _without_run(case)
    if lazy is not None:
        return lazy
    made = code.calls("Thread")
    empty = next(
        (call for call in made if not call.args and keyword(call, "target") is None and not _has_own_class(code)), None
    )
    if empty is not None:
        return _at(case, empty, "target_oubliee")
    runs = [call for call in code.calls("run") if not _is_inside_class(code, call)]
    if made and runs:
        return _at(case, runs[0], "run_au_lieu_de_start")
    named = code.named_only("start")
    if named is not None:
        return Finding("start_sans_parentheses", case.at(named.lineno))
    started = run.of(ThreadStarted, case.actor)
    if not made and not started:
        talks = code.calls("input", "recv")
        place = case.at(talks[0].lineno) if talks else case.verdict.place
        return _direct_calls(case) or Finding("sans_thread", place)
    main = next((one for one in waiting(run, case.actor, first_move(run)) if one.thread == 1), None)
    if main is not None and main.call == "accept" and len(started) < 2:
        return Finding("accept_en_boucle", main.place)
    quoted = next((call for call in made if isinstance(keyword(call, "target"), ast.Constant)), None)
    if quoted is not None:
        name = text_of(keyword(quoted, "target") or quoted).strip("'")
        return _at(case, quoted, "target_entre_guillemets", text=f'"{name}"', name=name)
    args = next((call for call in made if _wrong_args(call)), None)
    if args is not None:
        given = keyword(args, "args")
        return _at(case, args, "args_sans_virgule", name=text_of(given) if given is not None else "")
    if case.verdict.cause == "meme_fonction":
        pair = chat_threads(run, case.actor)
        function = pair[1].function if pair is not None else ""
        return Finding("meme_fonction", _second_target(case, function) or case.verdict.place, {"name": function})
    overwritten = overwritten_thread(code)
    if overwritten is not None:
        return Finding("thread_ecrase", case.at(overwritten.lineno), {"name": next(targets(overwritten))})
    left = _left_first(case, run)
    if left is not None:
        return left
    soon = _before_connection(run, case.actor)
    if soon is not None and case.verdict.cause == "pas_ensemble":
        return Finding("thread_trop_tot", place_of(soon))
    early = _early_join(case, run)
    if early is not None:
        return early
    if len(with_target(run, case.actor)) < 2:
        return _one_thread(case, made, started)
    if case.verdict.cause == "noms_threads":
        names = ", ".join(f"« {one.names[0] if one.names else one.function} »" for one in started[:4])
        return Finding("noms_threads", case.verdict.place, {"names": names})
    return Finding("pas_ensemble", case.verdict.place, {"where": ""})


def _without_run(case: Case) -> Finding | None:
    """A kind of Thread of the student's own that has no method run."""
    for node in case.code.nodes:
        if isinstance(node, ast.ClassDef) and any("Thread" in text_of(base) for base in node.bases):
            methods = {one.name: one for one in node.body if isinstance(one, ast.FunctionDef)}
            named = next((methods[name] for name in methods if name.lower() == "run"), None)
            given = any("target" in text_of(call) for call in case.code.calls("__init__", inside=node))
            if "run" not in methods and not given:
                return _at(case, named or node, "run_absent", name=node.name)
    return None


def _at(case: Case, node: ast.expr | ast.stmt, slug: str, **values: str) -> Finding:
    return Finding(slug, case.at(node.lineno), values)


def first_move(run: Run) -> Fact | None:
    """The first thing that the grader said or typed."""
    return next((one for one in run.facts if isinstance(one, MOVES)), None)


def _has_own_class(code: Code) -> bool:
    """Whether the file has a kind of Thread of its own."""
    return any(
        isinstance(node, ast.ClassDef) and any("Thread" in text_of(base) for base in node.bases) for node in code.nodes
    )


def _is_inside_class(code: Code, call: ast.Call) -> bool:
    classes = [node for node in code.nodes if isinstance(node, ast.ClassDef)]
    return any(node.lineno <= call.lineno <= (node.end_lineno or 0) for node in classes)


def _wrong_args(call: ast.Call) -> bool:
    given = keyword(call, "args")
    return isinstance(given, (ast.Name, ast.Attribute, ast.Constant))


def _second_target(case: Case, function: str) -> Place | None:
    """The second thread that is given one function; better the one whose name promises the other."""
    calls = [call for call in case.code.calls("Thread") if _target_name(call) == function]
    for node in case.code.nodes:
        if isinstance(node, ast.Assign) and node.value in calls:
            name = simplified(next(targets(node), ""))
            other = ("recep", "recv", "recoi") if "send" in simplified(function) else ("envo", "send")
            if any(stem in name for stem in other):
                return case.at(node.lineno)
    return case.at(calls[1].lineno) if len(calls) > 1 else None


def _target_name(call: ast.Call) -> str:
    target = keyword(call, "target")
    return target.id if isinstance(target, ast.Name) else ""


def overwritten_thread(code: Code) -> ast.Assign | None:
    """The second of two threads that are kept under one name, the first not started in between."""
    seen: dict[str, int] = {}
    for node in code.nodes:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and called(node.value) == "Thread":
            for name in targets(node):
                between = [call for call in code.calls("start") if seen.get(name, 0) < call.lineno < node.lineno]
                if name in seen and not any(text_of(call.func).startswith(name + ".") for call in between):
                    return node
                seen[name] = node.lineno
    return None


def _direct_calls(case: Case) -> Finding | None:
    """Send or Réception is called like any function."""
    inside = {id(node) for function in case.code.functions.values() for node in ast.walk(function)}
    for call in case.code.calls(*case.code.functions):
        talks = case.code.calls("recv", "input", "readline", inside=case.code.functions[called(call)])
        nested = id(call) in inside
        if talks and not nested:
            return Finding("appels_directs", case.at(call.lineno), {"name": called(call)})
    return None


def _early_join(case: Case, run: Run) -> Finding | None:
    """A join before the second start."""
    starts = run.of(ThreadStarted, case.actor)
    joins = [one for one in run.of(Entered, case.actor) if one.call == "join"]
    order = {id(one): index for index, one in enumerate(run.facts)}
    early = [one for one in joins if len([start for start in starts if order[id(start)] < order[id(one)]]) < 2]
    in_loop = any(case.code.loops_around(call.lineno) for call in case.code.calls("start"))
    if early and len(case.code.calls("Thread")) != 1 and (in_loop or len(case.code.calls("start")) > 1):
        return Finding("pas_ensemble", place_of(early[0]), {"where": f" (join, ligne {early[0].line})"})
    return None


def _left_first(case: Case, run: Run) -> Finding | None:
    """The main program calls exit before any thread has started."""
    if run.has(ThreadStarted, case.actor) or not run.has(Exited, case.actor):
        return None
    calls = [one for one in case.code.calls("exit", "quit") if case.code.function_around(one.lineno) is None]
    starts = case.code.calls("start")
    return (
        Finding("fini_trop_tot", case.at(calls[0].lineno))
        if calls and starts and calls[0].lineno < starts[0].lineno
        else None
    )


def _before_connection(run: Run, actor: str) -> ThreadStarted | None:
    """A thread that was started before the program was connected."""
    for one in run.facts:
        if isinstance(one, Left) and one.actor == actor and one.call in ("accept", "connect") and one.count > 0:
            return None
        if isinstance(one, ThreadStarted) and one.actor == actor:
            return one
    return None


def _one_thread(case: Case, made: list[ast.Call], started: list[ThreadStarted]) -> Finding:
    """Fewer than two threads were started."""
    lines = {one.line for one in started}
    begun = {text_of(call.func.value) for call in case.code.calls("start") if isinstance(call.func, ast.Attribute)}
    for node in case.code.nodes:
        unused = isinstance(node, ast.Assign) and node.value in made and not any(one in begun for one in targets(node))
        if isinstance(node, ast.Assign) and unused and next(targets(node), ""):
            return Finding("jamais_demarre", case.at(node.lineno))
    if not started and made:
        return Finding("jamais_demarre", case.at(made[0].lineno))
    direct = _direct_calls(case)
    if direct is not None:
        return direct
    return Finding("un_seul_thread", case.at(min(lines)) if lines else None)


def root(case: Case) -> Finding | None:
    """The mistake with threads that stops messages and the end as well; None where the threads are in order."""
    verdict = check_threads(case.transcript, case.actor)
    if verdict.status is not Status.FAILED:
        return _without_run(case)
    found = no_two_threads(replace(case, verdict=verdict))
    return found if found.slug in ROOTS or case.check == "threads" else None


def not_started(case: Case, run: Run, until: Fact | None) -> list[str]:
    """The names of the threads that the file makes, but that were not started before a fact, or ever."""
    facts = run.facts if until is None else run.facts[: run.facts.index(until)]
    begun = [one for one in facts if isinstance(one, ThreadStarted) and one.actor == case.actor]
    started = {name for one in begun for name in (*one.names, one.function)}
    made = [node for node in case.code.nodes if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)]
    threads = [node for node in made if isinstance(node.value, ast.Call) and called(node.value) == "Thread"]
    return [name for node in threads for name in targets(node) if name not in started]


# --- the end --------------------------------------------------------------------------------------------------------


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
            return Finding("dort_trop", one.place, {"seconds": one.lasts})
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
    targets = {_target_name(call) for call in case.code.calls("Thread")}
    for name in targets & set(case.code.functions):
        for call in case.code.calls("exit", "quit", inside=case.code.functions[name]):
            return Finding("exit_dans_thread", case.at(call.lineno))
    return None


def _no_join(case: Case, run: Run) -> Finding:
    """The program ended, but did not wait for both threads."""
    joins = case.code.calls("join")
    pair = chat_threads(run, case.actor)
    limited = next(
        (one for one in run.of(Entered, case.actor) if one.call == "join" and one.timeout_s is not None), None
    )
    gave_up = any(one.call == "join" and one.count == 0 for each in case.runs for one in each.of(Left, case.actor))
    if limited is not None and gave_up:
        return Finding("join_avec_delai", place_of(limited), {"seconds": seconds(limited.timeout_s)})
    threads = run.of(ThreadStarted, case.actor)
    left_alive = [one for one in threads if one.number not in ended(run, case.actor)]
    if not [call for call in joins if not _joins_text(call)]:
        if left_alive and left_alive[0].daemon:
            return Finding("daemon_abandonne", place_of(left_alive[0]))
        return Finding("sans_join", place_of(threads[-1]) if threads else None)
    called_on = join_called(run, case.actor)
    missing = next((one for one in pair or () if one.number not in called_on), None)
    if missing is not None:
        name = next((one for one in missing.names if one.isidentifier()), missing.function)
        owners = [text_of(call.func.value) for call in joins if isinstance(call.func, ast.Attribute)]
        twice = next((call for call, owner in zip(joins, owners, strict=False) if owners.count(owner) > 1), None)
        if twice is not None:
            second = [call for call, owner in zip(joins, owners, strict=False) if owners.count(owner) > 1][1]
            return Finding("join_deux_fois_le_meme", case.at(second.lineno), {"name": name})
        return Finding("un_seul_join", place_of(missing), {"name": name})
    if left_alive and left_alive[0].daemon:
        return Finding("daemon_abandonne", place_of(left_alive[0]))
    if left_alive:
        return Finding("thread_abandonne", place_of(left_alive[0]))
    calls = case.code.calls("exit", "quit")
    return Finding("fin_brutale", case.at(calls[0].lineno) if calls else None)


def _joins_text(call: ast.Call) -> bool:
    """Whether it is the join of texts."""
    return isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Constant)
