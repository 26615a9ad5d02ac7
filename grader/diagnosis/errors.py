"""Explains an exception that nothing caught: by its type, its attributes and the line that it stopped at."""

from __future__ import annotations

import ast
from collections.abc import Callable

from ..transcript.facts import Raised, ThreadStarted
from ..transcript.place import Place
from ..transcript.record import Run
from . import lessons, names, refusals, values
from .code import Code, keyword, text_of
from .common import ARGS_SANS_VIRGULE, ERREUR_PYTHON, RAPPEL_SANS_FIN, TARGET_ENTRE_GUILLEMETS
from .finding import Finding, found_at
from .mistake import Mistake
from .threads import ARGS_NOMBRE
from .uncalled import uncalled

# fmt: off
ASCII_TROP_PETIT = Mistake("ascii_trop_petit", "", "un texte accentué est traduit en ascii ou latin-1",
    "Ligne {line}, tu traduis le texte avec une règle qui ne connaît pas tous les signes (accents, emoji).",
    "Utilise utf-8 des deux côtés : .encode(\"utf-8\") et .decode(\"utf-8\").",
    "Quelle règle de traduction connaît les accents et les emoji ?", lessons.OCTETS)
DECODE_IMPOSSIBLE = Mistake("decode_impossible", "", "des octets ne peuvent pas devenir du texte",
    "Ligne {line}, ces octets ne peuvent pas devenir du texte : un message a été coupé au milieu d'une lettre, ou l'autre côté n'utilise pas la même règle.",
    "Utilise utf-8 des deux côtés. Si un message est coupé, un décodeur peut attendre la suite : codecs.getincrementaldecoder(\"utf-8\").",
    "Avec quelle règle l'autre côté a-t-il encodé ? Et toi ?", lessons.OCTETS)
RAISE_VOLONTAIRE = Mistake("raise_volontaire", "", "le programme lève l'erreur lui-même",
    "Ligne {line}, ton programme lève lui-même cette erreur (raise), et rien ne l'attrape.",
    "Au lieu de raise, sors de la boucle avec break.",
    "Que devient un thread après raise ?", lessons.FINIR)
FIN_DU_CLAVIER = Mistake("fin_du_clavier", "join", "EOFError n'est pas attrapée",
    "Quand le clavier est fini (Ctrl+D), input() lève EOFError, ligne {line} : rien ne l'attrape.",
    "Entoure input() de try, et sors de la boucle dans except EOFError.",
    "Que fait input() quand le clavier est fini ?", lessons.FINIR)
# fmt: on


THREAD = "Thread"


def explain_error(error: Raised, run: Run, code: Code) -> Finding:
    """The mistake behind an uncaught exception.

    Args:
        error: the exception.
        run: where it was seen.
        code: the file that it stopped in.
    """
    if not error.file:
        return _before_function(error, run, code)
    named = uncalled(code, "bind", "listen", "accept", "connect", "start", "decode", "encode")
    if named is not None and not {"NameError", "SyntaxError", "ImportError"} & set(error.bases):
        return named
    if any(isinstance(node, ast.Raise) and node.lineno == error.line for node in code.nodes):
        return found_at(RAISE_VOLONTAIRE, error)
    for base in error.bases:
        explain = BY_TYPE.get(base)
        if explain is not None:
            return explain(error, run, code)
    return found_at(ERREUR_PYTHON, error)


def _before_function(error: Raised, run: Run, code: Code) -> Finding:
    """A thread failed before it entered its function: it was given the wrong arguments."""
    started = next((one for one in run.of(ThreadStarted, error.actor) if one.number == error.thread), None)
    line = started.line if started is not None else 0
    held_as = started.names if started is not None else ()
    function = started.function if started is not None else "la fonction"
    for call in code.calls(THREAD):
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


def _simply(mistake: Mistake) -> Callable[[Raised, Run, Code], Finding]:
    return lambda error, _run, _code: found_at(mistake, error)


BY_TYPE: dict[str, Callable[[Raised, Run, Code], Finding]] = {
    "SyntaxError": names.unreadable,
    "UnboundLocalError": names.local_name,
    "NameError": names.unknown_name,
    "ModuleNotFoundError": names.no_module,
    "ImportError": names.not_in_module,
    "AttributeError": names.missing_attribute,
    "TypeError": values.wrong_type,
    "UnicodeEncodeError": _simply(ASCII_TROP_PETIT),
    "UnicodeDecodeError": _simply(DECODE_IMPOSSIBLE),
    "ValueError": values.wrong_value,
    "AssertionError": values.failed_assertion,
    "OverflowError": values.overflow,
    "RecursionError": _simply(RAPPEL_SANS_FIN),
    "RuntimeError": refusals.of_thread,
    "EOFError": _simply(FIN_DU_CLAVIER),
    "LookupError": values.unknown_encoding,
    "gaierror": values.unknown_host,
    "OSError": refusals.of_socket,
}  # fmt: skip
"""How each type of exception is explained; the first of an exception's own types that is here decides."""
