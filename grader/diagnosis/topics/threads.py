"""Why the two threads do not work side by side, or the program does not end with them."""

from __future__ import annotations

import ast
from collections.abc import Callable

from ...transcript.calls import Accepted, ConnectReturned
from ...transcript.facts import (
    Exited,
    Fact,
    Raised,
    ThreadStarted,
)
from ...transcript.place import Place
from ...transcript.questions import chat_threads, join_calls, place_of, simplified, with_target
from ...transcript.record import Run
from .. import lessons
from ..case import Case, Finding, first_found
from ..code import Code, called, keyword, targets, text_of
from ..common import (
    ACCEPT_EN_BOUCLE,
    ARGS_SANS_VIRGULE,
    FINI_TROP_TOT,
    JAMAIS_DEMARRE,
    RUN_AU_LIEU_DE_START,
    TARGET_ENTRE_GUILLEMETS,
    TARGET_OUBLIEE,
    THREAD_ECRASE,
)
from ..conversation import first_move
from ..mistake import Flags, Mistake
from ..uncalled import uncalled
from ..waiting import waiting
from ..written_threads import overwritten_thread, target_name

# fmt: off
TARGET_APPELEE = Mistake("target_appelee", "threads", "la fonction est appelée dans target=",
    "Ligne {line}, tu appelles la fonction toi-même (« {text} ») : elle travaille tout de suite, sans thread, et la suite attend.",
    "Enlève les parenthèses : target={name}, et mets ses paramètres dans args.",
    "Ligne {line} : donnes-tu la fonction, ou l'appelles-tu ?", lessons.CREER_THREADS, Flags.WAITS | Flags.ROOT)
RUN_ABSENT = Mistake("run_absent", "threads", "une classe de Thread n'a pas de méthode run",
    "Ligne {line}, ta classe {name} n'a pas de méthode run (en minuscules) : le thread démarre, ne fait rien, et finit.",
    "Appelle cette méthode run, exactement.",
    "Quelle méthode un thread lance-t-il quand il démarre ?", lessons.THREADS, Flags.ROOT)
SANS_THREAD = Mistake("sans_thread", "threads", "aucun thread n'est créé",
    "{file} ne crée aucun thread : il ne peut pas parler et écouter en même temps.",
    "Crée deux threads : threading.Thread(target=Send, args=(client,)), et le même pour Réception.",
    "Qu'est-ce qui permet de faire deux choses en même temps ?", lessons.CREER_THREADS, Flags.ROOT)
APPELS_DIRECTS = Mistake("appels_directs", "threads", "Send ou Réception est appelée directement",
    "Ligne {line}, tu appelles {name} directement : le programme reste dans cette fonction, et l'autre n'a jamais son tour.",
    "Lance Send et Réception dans deux threads.",
    "Pendant que {name} travaille, qui fait le reste ?", lessons.CREER_THREADS, Flags.WAITS | Flags.ROOT)
UN_SEUL_THREAD = Mistake("un_seul_thread", "threads", "un seul thread est créé",
    "Un seul thread travaille : il en faut deux, envoi pour Send et recep pour Réception.",
    "Crée le thread qui manque, démarre-le, et attends-le.",
    "Combien de threads crées-tu ?", lessons.CREER_THREADS, Flags.WAITS | Flags.ROOT)
MEME_FONCTION = Mistake("meme_fonction", "threads", "les deux threads lancent la même fonction",
    "Ligne {line}, les deux threads lancent {name} : personne ne fait l'autre travail.",
    "L'un lance Send, l'autre Réception : corrige target=, ligne {line} de {file}.",
    "Compare les deux target=.", lessons.CREER_THREADS, Flags.SPEAKS | Flags.ROOT)
FIGURANTS = Mistake("figurants", "threads", "les deux threads attendent, un autre thread parle et écoute",
    "envoi et recep ne font qu'attendre : c'est un autre thread qui lit le clavier, envoie et affiche.",
    "Mets input et l'envoi dans Send, recv et print dans Réception : chacun son thread.",
    "Que fait chacun de tes deux threads pendant que tu discutes ?", lessons.CREER_THREADS, Flags.SPEAKS)
PAS_ENSEMBLE = Mistake("pas_ensemble", "threads", "le premier thread est attendu avant que le second démarre",
    "Le programme attend la fin du premier thread avant de démarrer le second{where}.",
    "Démarre les deux d'abord : start, start, puis join, join.",
    "Dans quel ordre passent start et join ?", lessons.DEMARRER, Flags.WAITS | Flags.ROOT)
THREAD_TROP_TOT = Mistake("thread_trop_tot", "threads", "les threads travaillent avant la connexion",
    "Les threads démarrent avant que la connexion soit là.",
    "Démarre-les après accept() ou connect().",
    "Avec quelle socket les threads parlent-ils, au moment où ils démarrent ?", lessons.DEMARRER, Flags.ROOT)
NOMS_THREADS = Mistake("noms_threads", "threads", "ni les noms ni les fonctions ne disent qui est envoi et qui est recep",
    "Le correcteur ne reconnaît ni envoi ni recep : {names}.",
    "Appelle tes threads envoi et recep, ou leurs fonctions Send et Réception.",
    "Comment le sujet appelle-t-il les deux threads ?", lessons.CREER_THREADS, Flags.SPEAKS | Flags.PLAIN)
ARGS_NOMBRE = Mistake("args_nombre", "threads", "args ne contient pas le bon nombre de choses",
    "Ligne {line}, le thread ne donne pas à {name} le bon nombre de choses : args et les paramètres de la fonction ne vont pas ensemble.",
    "Mets dans args exactement ce que {name} attend entre ses parenthèses.",
    "Combien de paramètres a {name}, et combien de choses dans args ?", lessons.CREER_THREADS, Flags.ROOT)
# fmt: on


def no_two_threads(case: Case) -> Finding:
    """Why envoi and recep are not alive at the same time."""
    return first_found(DETECTORS, case) or Finding(PAS_ENSEMBLE, case.verdict.place, {"where": ""})


def _called_target(case: Case) -> Finding | None:
    """The function is called in ``target=``."""
    for call in case.code.calls("Thread", "Timer", "start_new_thread"):
        target = keyword(call, "target") or (call.args[0] if call.args else None)
        if isinstance(target, ast.Call) and called(target) in case.code.functions:
            return _at(case, call, TARGET_APPELEE, name=called(target), text=text_of(target))
    return None


def _no_target(case: Case) -> Finding | None:
    made = [call for call in case.code.calls("Thread") if not call.args and keyword(call, "target") is None]
    return _at(case, made[0], TARGET_OUBLIEE) if made and not _has_own_class(case.code) else None


def _run_called(case: Case) -> Finding | None:
    runs = [call for call in case.code.calls("run") if not _is_inside_class(case.code, call)]
    return _at(case, runs[0], RUN_AU_LIEU_DE_START) if runs and case.code.calls("Thread") else None


def _none_at_all(case: Case) -> Finding | None:
    if case.code.calls("Thread") or case.run.has(ThreadStarted, case.actor):
        return None
    talks = case.code.calls("input", "recv")
    place = case.at(talks[0].lineno) if talks else case.verdict.place
    return _direct_calls(case) or Finding(SANS_THREAD, place)


def _accepts_again(case: Case) -> Finding | None:
    """The main program waits for another client before it starts its threads."""
    main = next((one for one in waiting(case.run, case.actor, first_move(case.run)) if one.thread == 1), None)
    few = len(case.run.of(ThreadStarted, case.actor)) < 2
    return Finding(ACCEPT_EN_BOUCLE, main.place) if main is not None and main.call == "accept" and few else None


def _quoted_target(case: Case) -> Finding | None:
    for call in case.code.calls("Thread"):
        target = keyword(call, "target")
        if isinstance(target, ast.Constant):
            name = str(target.value)
            return _at(case, call, TARGET_ENTRE_GUILLEMETS, text=f'"{name}"', name=name)
    return None


def _wrong_args(case: Case) -> Finding | None:
    for call in case.code.calls("Thread"):
        given = keyword(call, "args")
        if isinstance(given, (ast.Name, ast.Attribute, ast.Constant)):
            return _at(case, call, ARGS_SANS_VIRGULE, name=text_of(given))
    return None


def _same_function(case: Case) -> Finding | None:
    if case.cause is not MEME_FONCTION:
        return None
    pair = chat_threads(case.run, case.actor)
    function = pair[1].function if pair is not None else ""
    return Finding(MEME_FONCTION, _second_target(case, function) or case.verdict.place, {"name": function})


def _only_waiting(case: Case) -> Finding | None:
    return Finding(FIGURANTS, case.verdict.place) if case.cause is FIGURANTS else None


def _overwritten(case: Case) -> Finding | None:
    second = overwritten_thread(case.code)
    return None if second is None else _at(case, second, THREAD_ECRASE, name=next(targets(second)))


def _too_soon(case: Case) -> Finding | None:
    soon = _before_connection(case.run, case.actor)
    together = case.cause is PAS_ENSEMBLE
    return Finding(THREAD_TROP_TOT, place_of(soon)) if soon is not None and together else None


def _unknown_names(case: Case) -> Finding | None:
    if case.cause is not NOMS_THREADS:
        return None
    started = case.run.of(ThreadStarted, case.actor)
    names = ", ".join(f"« {one.names[0] if one.names else one.function} »" for one in started[:4])
    return Finding(NOMS_THREADS, case.verdict.place, {"names": names})


def without_run(case: Case) -> Finding | None:
    """A kind of Thread of the student's own that has no method run."""
    for node in case.code.nodes:
        if isinstance(node, ast.ClassDef) and any("Thread" in text_of(base) for base in node.bases):
            methods = {one.name: one for one in node.body if isinstance(one, ast.FunctionDef)}
            named = next((methods[name] for name in methods if name.lower() == "run"), None)
            given = any("target" in text_of(call) for call in case.code.calls("__init__", inside=node))
            if "run" not in methods and not given:
                return _at(case, named or node, RUN_ABSENT, name=node.name)
    return None


def _at(case: Case, node: ast.expr | ast.stmt, mistake: Mistake, **values: str) -> Finding:
    return Finding(mistake, case.at(node.lineno), values)


def _has_own_class(code: Code) -> bool:
    """Whether the file has a kind of Thread of its own."""
    return any(
        isinstance(node, ast.ClassDef) and any("Thread" in text_of(base) for base in node.bases) for node in code.nodes
    )


def _is_inside_class(code: Code, call: ast.Call) -> bool:
    classes = [node for node in code.nodes if isinstance(node, ast.ClassDef)]
    return any(node.lineno <= call.lineno <= (node.end_lineno or 0) for node in classes)


def _second_target(case: Case, function: str) -> Place | None:
    """The second thread that is given one function; better the one whose name promises the other."""
    calls = [call for call in case.code.calls("Thread") if target_name(call) == function]
    for node in case.code.nodes:
        if isinstance(node, ast.Assign) and node.value in calls:
            name = simplified(next(targets(node), ""))
            other = ("recep", "recv", "recoi") if "send" in simplified(function) else ("envo", "send")
            if any(stem in name for stem in other):
                return case.at(node.lineno)
    return case.at(calls[1].lineno) if len(calls) > 1 else None


def _direct_calls(case: Case) -> Finding | None:
    """Send or Réception is called like any function."""
    inside = {id(node) for function in case.code.functions.values() for node in ast.walk(function)}
    for call in case.code.calls(*case.code.functions):
        talks = case.code.calls("recv", "input", "readline", inside=case.code.functions[called(call)])
        nested = id(call) in inside
        if talks and not nested:
            return Finding(APPELS_DIRECTS, case.at(call.lineno), {"name": called(call)})
    return None


def _early_join(case: Case) -> Finding | None:
    """A join before the second start."""
    run = case.run
    starts = run.of(ThreadStarted, case.actor)
    second = run.position(starts[1]) if len(starts) > 1 else len(run.facts)
    early = [one for one in join_calls(run, case.actor) if run.position(one) < second]
    in_loop = any(case.code.loops_around(call.lineno) for call in case.code.calls("start"))
    if early and len(case.code.calls("Thread")) != 1 and (in_loop or len(case.code.calls("start")) > 1):
        return Finding(PAS_ENSEMBLE, place_of(early[0]), {"where": f" (join, ligne {early[0].line})"})
    return None


def _left_first(case: Case) -> Finding | None:
    """The main program calls exit before any thread has started."""
    if case.run.has(ThreadStarted, case.actor) or not case.run.has(Exited, case.actor):
        return None
    calls = [one for one in case.code.calls("exit", "quit") if case.code.function_around(one.lineno) is None]
    starts = case.code.calls("start")
    first = calls and starts and calls[0].lineno < starts[0].lineno
    return Finding(FINI_TROP_TOT, case.at(calls[0].lineno)) if first else None


def _before_connection(run: Run, actor: str) -> ThreadStarted | None:
    """A thread that was started before the program was connected."""
    for one in run.facts:
        if isinstance(one, (Accepted, ConnectReturned)) and one.actor == actor and one.gave_something:
            return None
        if isinstance(one, ThreadStarted) and one.actor == actor:
            return one
    return None


def _one_thread(case: Case) -> Finding | None:
    """Fewer than two threads were started."""
    if len(with_target(case.run, case.actor)) >= 2:
        return None
    made, started = case.code.calls("Thread"), case.run.of(ThreadStarted, case.actor)
    begun = {text_of(call.func.value) for call in case.code.calls("start") if isinstance(call.func, ast.Attribute)}
    for node in case.code.nodes:
        held = list(targets(node)) if isinstance(node, ast.Assign) and node.value in made else []
        if isinstance(node, ast.Assign) and held and not begun & set(held):
            return _at(case, node, JAMAIS_DEMARRE)
    if not started and made:
        return _at(case, made[0], JAMAIS_DEMARRE)
    lines = [one.line for one in started]
    return _direct_calls(case) or Finding(UN_SEUL_THREAD, case.at(min(lines)) if lines else None)


DETECTORS: tuple[Callable[[Case], Finding | None], ...] = (
    _called_target,
    without_run,
    _no_target,
    _run_called,
    lambda case: uncalled(case.code, "start"),
    _none_at_all,
    _accepts_again,
    _quoted_target,
    _wrong_args,
    _same_function,
    _only_waiting,
    _overwritten,
    _left_first,
    _too_soon,
    _early_join,
    _one_thread,
    _unknown_names,
)
"""Who looks for the reason, in this order: what is surely wrong in the file before what was only seen."""


def not_started(case: Case, run: Run, until: Fact | None) -> list[str]:
    """The names of the threads that the file makes, but that were not started before a fact, or ever."""
    facts = run.facts if until is None else run.facts[: run.position(until)]
    begun = [one for one in facts if isinstance(one, ThreadStarted) and one.actor == case.actor]
    started = {name for one in begun for name in (*one.names, one.function)}
    made = [node for node in case.code.nodes if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)]
    threads = [node for node in made if isinstance(node.value, ast.Call) and called(node.value) == "Thread"]
    return [name for node in threads for name in targets(node) if name not in started]


def before_function(error: Raised, run: Run, code: Code) -> Finding:
    """A thread failed before it entered its function: it was given the wrong arguments."""
    started = next((one for one in run.of(ThreadStarted, error.actor) if one.number == error.thread), None)
    line = started.line if started is not None else 0
    held_as = started.names if started is not None else ()
    function = started.function if started is not None else "la fonction"
    for call in code.calls("Thread"):
        given = keyword(call, "args")
        target = keyword(call, "target")
        mine = call.lineno == line or any(name in held_as for name in _holders(code, call))
        if mine or (target is not None and text_of(target).strip("'") == function):
            place = Place(code.file, call.lineno)
            if isinstance(target, ast.Constant):
                name = str(target.value)
                return Finding(TARGET_ENTRE_GUILLEMETS, place, {"text": f'"{name}"', "name": name})
            if given is not None and not isinstance(given, (ast.Tuple, ast.List, ast.Set)):
                return Finding(ARGS_SANS_VIRGULE, place, {"name": text_of(given)})
            return Finding(ARGS_NOMBRE, place, {"name": function})
    return Finding(ARGS_NOMBRE, Place(code.file, line) if line else None, {"name": function})


def _holders(code: Code, call: ast.Call) -> list[str]:
    """The names that hold what a call returns."""
    return [
        target.id
        for node in code.nodes
        if isinstance(node, ast.Assign) and node.value is call
        for target in node.targets
        if isinstance(target, ast.Name)
    ]
