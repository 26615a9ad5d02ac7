"""Explains an exception that nothing caught: by its type, its attributes and the line that it stopped at."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..transcript.facts import Refused, ThreadStarted
from ..transcript.questions import connected
from ..transcript.threads import chat_threads
from ..transcript.value import changed
from .case import Case, Detector, Finding, each_of, found_at, raised
from .code import Code
from .common import ERREUR_PYTHON, RAPPEL_SANS_FIN, SOCKET_FERMEE
from .mistake import Flags, Mistake
from .topics import attributes, calls, limits, messages, names, socket_errors, threads, windows
from .topics.calls import ASCII_TROP_PETIT, DECODE_IMPOSSIBLE, FIN_DU_CLAVIER, RAISE_VOLONTAIRE
from .uncalled import uncalled


def explain_error(case: Case) -> Iterator[Finding]:
    """The mistakes that may be behind the exception of a case, with what Python said of it."""
    error = raised(case)
    text = f"{error.error}: {error.text}" if error.text else error.error
    for found in _behind(case):
        yield changed(found, check=_check_of(case, found), error=text)


def _behind(case: Case) -> Iterator[Finding]:
    for found in each_of((limits.refused, windows.only_posix, _by_type), _where_it_stopped(case)):
        if found.mistake is SOCKET_FERMEE and raised(case).thread != 1:
            yield from messages.closed_before(case, case.run, raised(case))
        yield found


def _where_it_stopped(case: Case) -> Case:
    """The same case with the text of the file that it stopped in, and what a socket refused on that line."""
    error, code = raised(case), case.code
    if error.file not in ("", code.file):
        code = Code(error.file, case.submission.source(error.file))
    refused = [one for one in case.run.of(Refused, error.program) if one.line == error.line]
    return changed(case, code=code, refusal=refused[-1] if refused else None)


def _check_of(case: Case, found: Finding) -> str:
    """Where a mistake belongs: to the check of the thread that stopped."""
    error = raised(case)
    pair = chat_threads(case.run, case.program)
    if found.mistake.flags & Flags.NOTICED_ELSEWHERE:
        return found.check
    if pair is not None and error.thread in (pair[0].number, pair[1].number):
        return "send" if error.thread == pair[0].number else "reception"
    if error.thread == 1 and connected(case.run, case.program) and case.program != "etape1":
        return "join" if len(case.run.of(ThreadStarted, case.program)) > 1 else "threads"
    return found.check


def _by_type(case: Case) -> Iterator[Finding]:
    error = raised(case)
    if not error.file:
        yield from threads.before_function(case)
        return
    if not {"NameError", "SyntaxError", "ImportError"} & set(error.bases):
        yield from uncalled("bind", "listen", "accept", "connect", "start", "decode", "encode")(case)
    if any(isinstance(node, ast.Raise) and node.lineno == error.line for node in case.code.nodes):
        yield found_at(RAISE_VOLONTAIRE, error)
    explain = next((BY_TYPE[base] for base in error.bases if base in BY_TYPE), _simply(ERREUR_PYTHON))
    yield from explain(case)


def _unreadable(case: Case) -> Iterator[Finding]:
    from .topics.syntax import unreadable  # 2 ms that only such a file is worth

    yield from unreadable(case)


def _simply(mistake: Mistake) -> Detector:
    return lambda case: (found_at(mistake, raised(case)),)


BY_TYPE: dict[str, Detector] = {
    "SyntaxError": _unreadable,
    "UnboundLocalError": names.local_name,
    "NameError": names.unknown_name,
    "ModuleNotFoundError": names.no_module,
    "ImportError": names.not_in_module,
    "AttributeError": attributes.missing_attribute,
    "TypeError": calls.wrong_type,
    "UnicodeEncodeError": _simply(ASCII_TROP_PETIT),
    "UnicodeDecodeError": _simply(DECODE_IMPOSSIBLE),
    "ValueError": calls.wrong_value,
    "AssertionError": calls.failed_assertion,
    "OverflowError": calls.overflow,
    "RecursionError": _simply(RAPPEL_SANS_FIN),
    "RuntimeError": socket_errors.of_thread,
    "EOFError": _simply(FIN_DU_CLAVIER),
    "LookupError": calls.unknown_encoding,
    "gaierror": calls.unknown_host,
    "OSError": socket_errors.of_socket,
}  # fmt: skip
"""How each type of exception is explained; the first of an exception's own types that is here decides."""
