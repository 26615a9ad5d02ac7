"""Why the two threads do not work side by side."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ...transcript.calls import ACCEPT, Accepted, ConnectReturned
from ...transcript.facts import Exited, ThreadStarted
from ...transcript.place import Place
from ...transcript.questions import place_of
from ...transcript.record import Run
from ...transcript.threads import chat_threads, join_calls, simplified, with_target
from .. import lessons
from ..case import Case, Detector, Finding, each_of, raised
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


def no_two_threads(case: Case) -> Iterator[Finding]:
    """Why envoi and recep are not alive at the same time."""
    yield from each_of(DETECTORS, case)


def _called_target(case: Case) -> Iterator[Finding]:
    """The function is called in ``target=``."""
    for call in case.code.calls("Thread", "Timer", "start_new_thread"):
        target = keyword(call, "target") or (call.args[0] if call.args else None)
        if isinstance(target, ast.Call) and called(target) in case.code.functions:
            place = case.at(call.lineno)
            yield Finding(TARGET_APPELEE, place, {"name": called(target), "text": text_of(target)})


def without_run(case: Case) -> Iterator[Finding]:
    """A kind of Thread of the student's own that has no method run."""
    for made in _own_classes(case.code):
        methods = {one.name: one for one in made.body if isinstance(one, ast.FunctionDef)}
        named = next((one for name, one in methods.items() if name.lower() == "run"), None)
        given = any("target" in text_of(call) for call in case.code.calls("__init__", inside=made))
        if "run" not in methods and not given:
            yield Finding(RUN_ABSENT, case.at((named or made).lineno), {"name": made.name})


def _own_classes(code: Code) -> list[ast.ClassDef]:
    """The kinds of Thread that the file makes itself."""
    classes = [node for node in code.nodes if isinstance(node, ast.ClassDef)]
    return [node for node in classes if any("Thread" in text_of(base) for base in node.bases)]


def _no_target(case: Case) -> Iterator[Finding]:
    for call in case.code.calls("Thread") if not _own_classes(case.code) else ():
        if not call.args and keyword(call, "target") is None:
            yield Finding(TARGET_OUBLIEE, case.at(call.lineno))


def _run_called(case: Case) -> Iterator[Finding]:
    classes = [node for node in case.code.nodes if isinstance(node, ast.ClassDef)]
    for call in case.code.calls("run") if case.code.calls("Thread") else ():
        if not any(node.lineno <= call.lineno <= (node.end_lineno or 0) for node in classes):
            yield Finding(RUN_AU_LIEU_DE_START, case.at(call.lineno))


def _none_at_all(case: Case) -> Iterator[Finding]:
    if case.code.calls("Thread") or case.run.has(ThreadStarted, case.program):
        return
    yield from _direct_calls(case)
    talks = case.code.calls("input", "recv")
    yield Finding(SANS_THREAD, case.at(talks[0].lineno) if talks else case.verdict.place)


def _accepts_again(case: Case) -> Iterator[Finding]:
    """The main program waits for another client before it starts its threads."""
    main = next((one for one in waiting(case.run, case.program, first_move(case.run)) if one.thread == 1), None)
    if main is not None and main.call == ACCEPT and len(case.run.of(ThreadStarted, case.program)) < 2:
        yield Finding(ACCEPT_EN_BOUCLE, main.place)


def _quoted_target(case: Case) -> Iterator[Finding]:
    for call in case.code.calls("Thread"):
        yield from _quoted(case, call)


def _quoted(case: Case, call: ast.Call) -> Iterator[Finding]:
    """A thread is given the name of its function as a text."""
    target = keyword(call, "target")
    if isinstance(target, ast.Constant):
        name = str(target.value)
        yield Finding(TARGET_ENTRE_GUILLEMETS, case.at(call.lineno), {"text": f'"{name}"', "name": name})


def _wrong_args(case: Case) -> Iterator[Finding]:
    for call in case.code.calls("Thread"):
        given = keyword(call, "args")
        if isinstance(given, (ast.Name, ast.Attribute, ast.Constant)):
            yield Finding(ARGS_SANS_VIRGULE, case.at(call.lineno), {"name": text_of(given)})


def _same_function(case: Case) -> Iterator[Finding]:
    if case.cause is MEME_FONCTION:
        pair = chat_threads(case.run, case.program)
        function = pair[1].function if pair is not None else ""
        yield Finding(MEME_FONCTION, _second_target(case, function) or case.verdict.place, {"name": function})


def _second_target(case: Case, function: str) -> Place | None:
    """The second thread that is given one function; better the one whose name promises the other."""
    calls = [call for call in case.code.calls("Thread") if target_name(call) == function]
    other = ("recep", "recv", "recoi") if "send" in simplified(function) else ("envo", "send")
    for node in case.code.nodes:
        if isinstance(node, ast.Assign) and node.value in calls:
            name = simplified(next(targets(node), ""))
            if any(stem in name for stem in other):
                return case.at(node.lineno)
    return case.at(calls[1].lineno) if len(calls) > 1 else None


def _only_waiting(case: Case) -> Iterator[Finding]:
    if case.cause is FIGURANTS:
        yield Finding(FIGURANTS, case.verdict.place)


def _overwritten(case: Case) -> Iterator[Finding]:
    second = overwritten_thread(case.code)
    if second is not None:
        yield Finding(THREAD_ECRASE, case.at(second.lineno), {"name": next(targets(second))})


def _left_first(case: Case) -> Iterator[Finding]:
    """The main program calls exit before any thread has started."""
    if case.run.has(ThreadStarted, case.program) or not case.run.has(Exited, case.program):
        return
    calls = [one for one in case.code.calls("exit", "quit") if case.code.function_around(one.lineno) is None]
    starts = case.code.calls("start")
    if calls and starts and calls[0].lineno < starts[0].lineno:
        yield Finding(FINI_TROP_TOT, case.at(calls[0].lineno))


def _too_soon(case: Case) -> Iterator[Finding]:
    soon = _before_connection(case.run, case.program)
    if soon is not None and case.cause is PAS_ENSEMBLE:
        yield Finding(THREAD_TROP_TOT, place_of(soon))


def _before_connection(run: Run, program: str) -> ThreadStarted | None:
    """A thread that was started before the program was connected."""
    for one in run.facts:
        if isinstance(one, (Accepted, ConnectReturned)) and one.program == program and one.gave_something:
            return None
        if isinstance(one, ThreadStarted) and one.program == program:
            return one
    return None


def _early_join(case: Case) -> Iterator[Finding]:
    """A join before the second start."""
    run, starts = case.run, case.code.calls("start")
    started = run.of(ThreadStarted, case.program)
    second = run.position(started[1]) if len(started) > 1 else len(run.facts)
    early = next((one for one in join_calls(run, case.program) if run.position(one) < second), None)
    several = len(starts) > 1 or any(case.code.loops_around(call.lineno) for call in starts)
    if early is not None and several and len(case.code.calls("Thread")) != 1:
        yield Finding(PAS_ENSEMBLE, place_of(early), {"where": f" (join, ligne {early.line})"})


def _one_thread(case: Case) -> Iterator[Finding]:
    """Fewer than two threads were started."""
    if len(with_target(case.run, case.program)) >= 2:
        return
    made, started = case.code.calls("Thread"), case.run.of(ThreadStarted, case.program)
    begun = {text_of(call.func.value) for call in case.code.calls("start") if isinstance(call.func, ast.Attribute)}
    for node in case.code.nodes:
        held = set(targets(node)) if isinstance(node, ast.Assign) and node.value in made else set()
        if isinstance(node, ast.Assign) and held and not begun & held:
            yield Finding(JAMAIS_DEMARRE, case.at(node.lineno))
    if not started and made:
        yield Finding(JAMAIS_DEMARRE, case.at(made[0].lineno))
    yield from _direct_calls(case)
    yield Finding(UN_SEUL_THREAD, case.at(min((one.line for one in started), default=0)))


def _direct_calls(case: Case) -> Iterator[Finding]:
    """Send or Réception is called like any function."""
    functions = case.code.functions
    inside = {id(node) for function in functions.values() for node in ast.walk(function)}
    for call in case.code.calls(*functions):
        talks = case.code.calls("recv", "input", "readline", inside=functions[called(call)])
        if talks and id(call) not in inside:
            yield Finding(APPELS_DIRECTS, case.at(call.lineno), {"name": called(call)})


def _unknown_names(case: Case) -> Iterator[Finding]:
    if case.cause is NOMS_THREADS:
        started = case.run.of(ThreadStarted, case.program)
        names = ", ".join(f"« {one.names[0] if one.names else one.function} »" for one in started[:4])
        yield Finding(NOMS_THREADS, case.verdict.place, {"names": names})


def _nothing_known(case: Case) -> Iterator[Finding]:
    yield Finding(PAS_ENSEMBLE, case.verdict.place, {"where": ""})


DETECTORS: tuple[Detector, ...] = (
    _called_target,
    without_run,
    _no_target,
    _run_called,
    uncalled("start"),
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
    _nothing_known,
)
"""Who looks for the reason, in this order: what is surely wrong in the file before what was only seen."""


def before_function(case: Case) -> Iterator[Finding]:
    """A thread failed before it entered its function: it was given the wrong arguments."""
    error = raised(case)
    started = next((one for one in case.run.of(ThreadStarted, error.program) if one.number == error.thread), None)
    function = started.function if started is not None else "la fonction"
    call = _maker(case.code, started, function)
    if call is None:
        yield Finding(ARGS_NOMBRE, case.at(started.line if started is not None else 0), {"name": function})
        return
    yield from _quoted(case, call)
    given = keyword(call, "args")
    if given is not None and not isinstance(given, (ast.Tuple, ast.List, ast.Set)):
        yield Finding(ARGS_SANS_VIRGULE, case.at(call.lineno), {"name": text_of(given)})
    yield Finding(ARGS_NOMBRE, case.at(call.lineno), {"name": function})


def _maker(code: Code, started: ThreadStarted | None, function: str) -> ast.Call | None:
    """The call that made a thread: by its line, the name that holds it, or its function."""
    for call in code.calls("Thread"):
        target = keyword(call, "target")
        here = started is not None and call.lineno == started.line
        held = started is not None and not set(started.names).isdisjoint(_holders(code, call))
        if here or held or (target is not None and text_of(target).strip("'") == function):
            return call
    return None


def _holders(code: Code, call: ast.Call) -> Iterator[str]:
    """The names that hold what a call returns."""
    for node in code.nodes:
        if isinstance(node, ast.Assign) and node.value is call:
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))
