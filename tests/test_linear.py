"""What meets a stranger's text or story takes a time in proportion to it, whatever is in it."""

from __future__ import annotations

import ast
import importlib
import itertools
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader import twins
from grader.checks import rubric
from grader.club import causes
from grader.diagnosis import choose
from grader.diagnosis.code import Code
from grader.diagnosis.topics import files, syntax
from grader.submission import parse_submission
from grader.transcript import calls, facts
from grader.transcript.calls import Entered, Received
from grader.transcript.facts import (
    Raised,
    SocketClosed,
    SocketMade,
    ThreadNamed,
    ThreadStarted,
)
from grader.transcript.record import Run, Transcript
from grader.trust.review import review

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]

QUICK_S = 0.05
"""Processor time below which nobody asks how it grows."""

GROWTH = 20.0
"""How much longer eight times the text may take: 8 is linear, 64 quadratic; the rest is the machine's noise."""

FAR_TOO_LONG_S = 2.0
"""Processor time that a quarter of a long text never takes."""

LONG = 16_000
"""Characters: a quadratic search takes seconds for them."""

MANY = 8_000
"""Facts: a fifth of what is kept of a program in a scenario."""


def took_s(work: Callable[[], object]) -> float:
    """The processor time of some work; no other process has a part in it."""
    began_s = time.process_time()
    work()
    return time.process_time() - began_s


def grows_too_fast(work: Callable[[int], Callable[[], object]], size: int) -> bool:
    """Whether the time for ``work(size)`` is out of proportion; small sizes come first, so a bad one ends early.

    Where a quarter takes so little that even cubic growth would leave the whole below QUICK_S, nothing more is tried:
    most texts end there.
    """
    for part in (size // 32, size // 16, size // 8, size // 4):
        part_s = took_s(work(part))
        if part_s > FAR_TOO_LONG_S:
            return True
    if part_s * 4**3 < QUICK_S:
        return False
    small, large = work(size // 8), work(size)
    for _ in range(3):
        large_s = took_s(large)
        if large_s < QUICK_S or large_s <= GROWTH * max(took_s(small), 0.001):
            return False
    return True


# --- regular expressions ------------------------------------------------------------------------------------------

USES = frozenset({"match", "search", "fullmatch", "finditer", "findall", "sub", "split"})

BOUNDED = {
    "grader.diagnosis.scan.PIECE": "asked through scan.scan, which gives up after some quotes; tried below",
    "grader.keys.ESCAPES": "meets the keyboard of whoever grades, nobody's text",
}
"""Those that are left out, and why."""


def modules() -> Iterator[tuple[Any, ast.Module]]:
    """The modules of the grader's own process, and their texts; the probe is in the student's."""
    for path in sorted((ROOT / "grader").rglob("*.py")):
        if path.name not in ("__init__.py", "__main__.py") and path.parent.name != "probe":
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            try:
                yield importlib.import_module(name), ast.parse(path.read_text(encoding="utf-8"))
            except ImportError:
                continue  # a part for another system, or for a library that is not here


TABLES: dict[Any, list[Any]] = {
    causes: [pattern for pattern, _ in causes.CAUSES],
    files: [pattern for pattern, _ in files.KINDS],
    twins: [*twins.NAMED.values(), *twins.WORK.values(), twins.ANY_SOCKET],
}
"""Whose patterns are asked one after the other, under the name of ``pattern``."""


def asked(module: Any, call: ast.Call) -> Iterator[tuple[str, Any, str]]:
    """The regular expressions that a call asks, each with its name and how it is asked."""
    assert isinstance(call.func, ast.Attribute)
    owner, use = call.func.value, call.func.attr
    if not isinstance(owner, ast.Name):
        return
    if owner.id == "re":
        first, flags = call.args[0], re.DOTALL if any("DOTALL" in ast.unparse(one) for one in call.args) else 0
        if isinstance(first, ast.Constant):
            yield f"{module.__name__}:{call.lineno}", re.compile(first.value, flags), use
        elif isinstance(first, ast.Name) and first.id == "pattern":
            yield from ((f"{module.__name__}:{one!r}", re.compile(one, flags), use) for one in TABLES[module])
        elif isinstance(first, ast.Name):
            yield f"{module.__name__}.{first.id}", re.compile(vars(module)[first.id]), use
        else:
            raise AssertionError(f"{module.__name__}:{call.lineno}: no pattern that can be found")
    elif isinstance(vars(module).get(owner.id), re.Pattern):
        yield f"{module.__name__}.{owner.id}", vars(module)[owner.id], use


def patterns() -> list[tuple[str, Any, str]]:
    """Every regular expression that the grader's own process asks, with its name and how it is asked."""
    found = {}
    for module, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in USES:
                for name, pattern, use in asked(module, node):
                    found[name, pattern.pattern, use] = (name, pattern, use)
    return [one for one in found.values() if one[0] not in BOUNDED]


PATTERNS = patterns()


def own_signs(pattern: str) -> list[str]:
    """The signs that a pattern names, what it says of itself left out, and some that most patterns speak of."""
    bare = re.sub(r"\\[wWdDsSbB]|\(\?[^)]{0,4}|[\\\[\]{}()*+?|^$.]", "", pattern)
    return list(dict.fromkeys([" ", "a", "1", "'", '"', "@", ".", "\n", "é", *bare[:12]]))


def hostile_texts(pattern: str) -> Iterator[tuple[str, str, str]]:
    """The beginning, the part that is repeated, and the end, of texts on which the pattern may try again and again."""
    words = [word for word in re.findall(r"[A-Za-z]{2,}", pattern) if len(word) > 2][:3]
    signs = own_signs(pattern)
    for unit in (*signs, *map("".join, itertools.permutations(signs[:9], 2)), *words):
        for start in ("", "a", *(f"{word} " for word in words), *(words[:1])):
            for end in ("", "\0"):
                yield start, unit, end


@pytest.mark.parametrize(("name", "pattern", "use"), PATTERNS, ids=[f"{name}-{use}" for name, _, use in PATTERNS])
def test_a_regular_expression_is_linear(name: str, pattern: Any, use: str) -> None:
    text_of = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    for start, unit, end in hostile_texts(text_of):

        def work(size: int, start: str = start, unit: str = unit, end: str = end) -> Callable[[], object]:
            text = start + unit * (size // len(unit)) + end
            given = text if isinstance(pattern.pattern, str) else text.encode("utf-8")
            if use == "sub":
                return lambda: pattern.sub(given[:0], given)
            if use == "finditer":
                return lambda: list(pattern.finditer(given))
            return lambda: getattr(pattern, use)(given)

        assert not grows_too_fast(work, LONG), (name, start, unit, end)


def test_the_regular_expressions_are_found() -> None:
    names = {name for name, _, _ in PATTERNS}
    assert {
        "grader.diagnosis.topics.syntax.PROMPT",
        f"grader.diagnosis.topics.files:{files.KINDS[0][0]!r}",
        "grader.escape.TOKEN",
    } <= names
    assert len(PATTERNS) > 20


LINES = (
    "a@", " ", "'", '"', "\\", "\"'", "(", ")]", "{", "#", "é", "“", "1.", "print ", "else if ", "x y ", '\\"',
    "'''a", ": ", "\t", "=", "a'b", "lambda:", "f'{", "\x0c",
)  # fmt: skip
"""What a line, or a file of such lines, may be made of."""


@pytest.mark.parametrize("unit", LINES)
@pytest.mark.parametrize("many_lines", [False, True])
@pytest.mark.parametrize("error", ["SyntaxError", "IndentationError", "TabError"])
def test_looking_for_a_fault_of_syntax_is_linear(unit: str, many_lines: bool, error: str) -> None:
    def work(size: int) -> Callable[[], object]:
        source = (f"a{unit}\n" if many_lines else unit) * (size // (len(unit) + 2 * many_lines))
        line = source.count("\n") or 1
        return lambda: list(syntax.diagnose(Code("etape1.py", source), error, line))

    assert not grows_too_fast(work, LONG)


# --- stories --------------------------------------------------------------------------------------------------------

PROGRAM = b"import socket, threading\nclient = socket.socket()\nclient.bind(('', 4242))\n"


def fact(made: type[Any], at: int, **values: Any) -> Any:
    """A fact of a program, with plausible values where none are given."""
    every = PLAIN | {
        "at_s": at / 1000, "thread": 1 + at % 3, "socket": 1 + at, "target": 1 + at, "number": 2 + at, "native_id": at,
    } | values  # fmt: skip
    return made(**{name: every[name] for name in made.FIELDS})


PLAIN: dict[str, Any] = {
    "program": "serveur", "file": "serveur.py", "line": 2, "pid": 1, "family": 2, "kind": 1, "host": "", "port": 4242,
    "ip": "0.0.0.0", "own_name": False, "version": 4, "real_port": 5000, "how": 1, "call": "recv", "timeout_s": None,
    "count": 1, "error": "", "function": "Send", "module": "__main__", "names": ("envoi", "x"), "daemon": False,
    "text": "x", "bases": ("OSError",), "name": "", "owner": "", "code": "EPIPE", "method": "send", "step": 1,
    "size_bytes": 1, "connection": 2, "connected": True, "characters": 1, "ended": True, "condition": 1, "asked": 1,
    "ready": 1, "failed": "recv", "outcome": "late",
    "what": "threads", "reset": False, "stream": "stdout", "threads": 3, "status": 0,
}  # fmt: skip
"""Plausible values."""


def beginning(program: str) -> list[Any]:
    """A conversation that has been met, with two threads."""
    made = calls.Accepted if program == "serveur" else calls.ConnectReturned
    return [
        fact(SocketMade, 1, program=program, socket=1),
        fact(facts.Bound, 1, program=program, socket=1),
        fact(facts.Listened, 1, program=program, socket=1),
        fact(facts.ConnectRequested, 1, program=program, socket=1, kind="stream", host="127.0.0.1", ip="127.0.0.1"),
        fact(made, 1, program=program, socket=1, connection=2),
        fact(facts.Connected, 1, program=program),
        fact(ThreadStarted, 1, program=program, number=2, names=("envoi",)),
        fact(ThreadStarted, 1, program=program, number=3, names=("recep",), function="Reception"),
    ]


def middle(program: str) -> list[Any]:
    """A line that came through, one that did not, and the end."""
    return [
        fact(facts.Typed, 2, program=program, text="bonjour"),
        fact(facts.Heard, 2, program=program, text="bonjour"),
        fact(facts.Said, 2, program=program, text="salut"),
        fact(facts.Shown, 2, program=program, text="autre"),
        fact(facts.Typed, 2, program=program, text="encore"),
        fact(facts.PeerLeft, 3, program=program),
        fact(facts.InputEnded, 3, program=program),
    ]


FLOODS: dict[str, tuple[dict[str, Any], ...]] = {
    "names-for-one": ({"made": ThreadNamed, "number": 3, "names": ("a",) * 8},),
    "names-for-all": ({"made": ThreadStarted}, {"made": ThreadNamed}),
    "one-number-many-names": ({"made": ThreadStarted, "number": 7}, {"made": ThreadNamed, "number": 7}),
    "threads": ({"made": ThreadStarted}, {"made": facts.ThreadRan}, {"made": facts.ThreadEnded}),
    "unnamed-threads": ({"made": ThreadStarted, "names": (), "function": "f"},),
    "joins": ({"made": ThreadStarted}, {"made": Entered, "call": "join"}),
    "calls-entered-and-never-left": ({"made": Entered, "call": "wait"}, {"made": Received, "size_bytes": 0}),
    "calls-entered-once": ({"made": Entered, "call": "recv", "thread": 3}, {"made": calls.WaitEnded, "thread": 3}),
    "sockets": ({"made": SocketMade}, {"made": facts.Listened}, {"made": facts.Bound}),
    "datagrams-that-listen": ({"made": SocketMade, "family": 2}, {"made": facts.Listened, "socket": -1}),
    "accepted-and-closed": ({"made": calls.Accepted, "connection": 9}, {"made": SocketClosed, "thread": 2}),
    "refused": ({"made": facts.Refused}, {"made": SocketClosed, "socket": 3}),
    "errors": ({"made": Raised, "file": "serveur.py"},),
    "errors-of-threads": ({"made": Raised, "file": "", "thread": 3}, {"made": facts.ThreadFailed}),
    "dialed": ({"made": facts.ConnectRequested, "kind": "stream"}, {"made": calls.CallFailed, "failed": "connect"}),
    "shown-in-bits": ({"made": facts.Shown, "text": "b'x"}, {"made": facts.Heard}, {"made": facts.Complained}),
    "counted": ({"made": facts.Counted}, {"made": facts.FoundEnded}),
    "nothing-but-sends": ({"made": calls.Sent, "thread": 2},),
    "shut": ({"made": facts.ShutDown, "socket": 2}, {"made": facts.ReuseSet}, {"made": facts.FilenoAsked}),
}  # fmt: skip
"""What a program may make ten thousands of facts of."""


def story(flood: tuple[dict[str, Any], ...], size: int, at: int) -> Transcript:
    """A conversation of two, in which serveur.py tells a lot, before (0), between (1) or behind (2) all else."""
    runs: dict[str, Run] = {}
    for program in ("serveur", "client"):
        floods = size // len(flood) if program == "serveur" else 1
        many = [fact(at=10 + index, **values) for index in range(floods) for values in flood]
        parts = [beginning(program), middle(program)]
        parts.insert(at, many)
        told = tuple(itertools.chain(*parts))
        runs |= {name: Run(name, told) for name in (f"{program}.parle", f"{program}.ecoute", "duo")}
    return Transcript({"serveur": "serveur.py", "client": "client.py"}, ("chat",), runs)


@pytest.mark.parametrize("flood", FLOODS)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_judging_and_explaining_a_long_story_is_linear(flood: str, at: int) -> None:
    submission = parse_submission("rendu", {"serveur.py": PROGRAM, "client.py": PROGRAM}, ())

    def work(size: int) -> Callable[[], object]:
        transcript = story(FLOODS[flood], size, at)

        def judge() -> None:
            verdicts, _ = review(rubric.apply(transcript), transcript, submission, {})
            choose.explain(verdicts, transcript, submission)

        return judge

    assert not grows_too_fast(work, MANY)
