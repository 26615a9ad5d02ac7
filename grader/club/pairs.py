"""Notices submissions that are the same tree once names, constants, comments, layout and the skeleton are taken away.

Two solutions of the same small exercise are alike by nature: whoever follows the subject line by line writes what the
next one writes. So what is compared is all that two students wrote in both chat programs, and it must hold enough that
is theirs: statements whose shape is neither the skeleton's nor one that most write (``COMMONPLACE``).
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import product

from ..shape import statements
from ..submission import PROGRAM_FILES
from .bounds import MAX_SOURCE_BYTES
from .model import Row, State

Statement = tuple[str, ...]

ENOUGH_SIGNS = 60
"""Of a program, without the skeleton's: a finished one has 130 to 300, one with its address filled in has none."""

OWN_SIGNS = 24
"""Of the two chat programs together, in statements that are not commonplace: three or four statements.

Of the 90 correct submissions of the tests and the solution 69 have as many, and no two of them are the same."""

CHAT_FILES = PROGRAM_FILES[1:]

SKELETON = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "skeleton")

COMMONPLACE = """
import a
import a, b
import a as b
from a import b
from a import b, c
from a import *
a = "x"
a = 1
a = b
a = (b, c)
a = True
a = False
def f():
def f(a):
def f(a) -> None:
def f(a, b):
global a
f()
f(a)
main()
if a == "x":
if a != "x":
if not a:
if len(a) == 0:
if a:
if a is None:
if a == "exit" or a == "quit":
if a.lower() == "exit":
else:
while True:
while 1:
while a:
while not a:
for a in b:
pass
break
continue
return
return a
try:
except:
except A:
except A as e:
except (A, B):
except a.error:
finally:
with a.socket(a.AF_INET, a.SOCK_STREAM) as s:
with s:
with a:
with a, b:
a = b.socket(b.AF_INET, b.SOCK_STREAM)
a = b.socket()
a = socket()
a = socket(AF_INET, SOCK_STREAM)
a.setsockopt(b.SOL_SOCKET, b.SO_REUSEADDR, 1)
a.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
a.bind((b, c))
a.bind(b)
a.listen()
a.listen(1)
a, b = c.accept()
a.connect((b, c))
a.connect(b)
a = b.recv(1024)
a = b.recv(c)
a.close()
a.shutdown(b.SHUT_WR)
a.shutdown(SHUT_WR)
a = b.Thread(target=c, args=(d,))
a = b.Thread(target=c, args=[d])
a = Thread(target=c, args=(d,))
a = Thread(target=c, args=[d])
a.start()
a.join()
a.daemon = True
a = b.getincrementaldecoder("utf-8")()
a = b.getincrementaldecoder("utf-8")(errors="replace")
a = b.getincrementaldecoder("utf-8")("replace")
print(a.decode(b), end="")
print(a.decode(b), end="", flush=True)
sys.exit()
sys.exit(0)
exit(0)
"""
"""What most beginners write in a chat. Names and texts stand for any."""

SENT = ("{}", "{}.encode()", '{}.encode("utf-8")', "bytes({}, 'utf-8')")
TYPED = ("input()", 'input("> ")', "m", '(m + "\\n")', '("x" + m)', 'f"x{m}"', '"x"')
SHOWN = ("{}", "{}.decode()", '{}.decode("utf-8")', "str({}, 'utf-8')", '{}.decode("utf-8", "replace")')
GOT = ("m", "c.recv(1024)", "c.recv(n)")


@lru_cache(maxsize=1)
def skeleton() -> dict[str, str]:
    """The programs that the students were given, by name; without those that were taken away."""
    found = {}
    for name in PROGRAM_FILES:
        try:
            with open(os.path.join(SKELETON, name), encoding="utf-8") as file:
                found[name] = file.read()
        except (OSError, UnicodeDecodeError):
            continue
    return found


def shapes(files: Mapping[str, bytes], given: Mapping[str, str]) -> dict[str, str]:
    """What is compared of each program: a checksum, a colon, and how many signs of it are the student's own.

    Args:
        files: of a submission, by path.
        given: the programs that the students began with, see ``skeleton``.

    Returns:
        by the program's usual name; without those in which too little was written to say anything.
    """
    found = {}
    for path in sorted(files):
        name = path.lower()
        if name in PROGRAM_FILES and name not in found and len(files[path]) <= MAX_SOURCE_BYTES:
            source = unicodedata.normalize(
                "NFC", files[path].decode("utf-8", "replace")
            )  # an accent is no sign of its own
            written = _without(given.get(name, ""), source)
            if sum(map(len, written)) >= ENOUGH_SIGNS:
                own = sum(len(one) for one in written if one not in _commonplace())
                found[name] = f"{_checksum(written)}:{own}"
    return found


def _without(given: str, source: str) -> list[Statement]:
    """The statements of a source that are not those of another one."""
    left = Counter(statements(given))
    kept = []
    for statement in statements(source):
        if left[statement]:
            left[statement] -= 1
        else:
            kept.append(statement)
    return kept


def _checksum(written: list[Statement]) -> str:
    """Nobody gains by cheating it."""
    return hashlib.sha256("\n".join(map(" ".join, written)).encode("utf-8", "replace")).hexdigest()[:16]


@lru_cache(maxsize=1)
def _commonplace() -> frozenset[Statement]:
    """The shapes of what most write."""
    return frozenset(statements(COMMONPLACE + "\n".join(_sendings()) + "\n" + "\n".join(_showings())))


def _sendings() -> Iterator[str]:
    for way, typed in product(SENT, TYPED):
        data = way.format(typed)
        yield f"m = {data}"
        yield from (f"c.{send}({data})" for send in ("send", "sendall"))


def _showings() -> Iterator[str]:
    for way, got in product(SHOWN, GOT):
        text = way.format(got)
        yield f"t = {text}"
        for rest in ("", ', end="x"', ", flush=True", ', end="x", flush=True'):
            yield f"print({text}{rest})"
            yield f'print("x", {text}{rest})'
            yield f'print("x" + {text}{rest})'
            yield f'print(f"x"{rest})'


def pairs(rows: Iterable[Row]) -> list[tuple[str, ...]]:
    """Who has the same structure as whom: groups of two and more, each in the order of the alphabet, as all of them.

    Work that is the same to the last sign is noticed whatever is in it, if it is more than a beginning.
    """
    groups: dict[tuple[str, ...], set[str]] = {}
    for row in rows:
        if row.state is State.GRADED and row.shapes:
            groups.setdefault(("files", row.digest), set()).add(row.pseudo)
            chat = tuple(row.shapes.get(file, "") for file in CHAT_FILES)
            if all(chat) and sum(map(_own_signs, chat)) >= OWN_SIGNS:
                groups.setdefault(("shapes", *chat), set()).add(row.pseudo)
    found = {tuple(sorted(group)) for group in groups.values() if len(group) > 1}
    return sorted(group for group in found if not any(set(group) < set(other) for other in found))


def _own_signs(shape: str) -> int:
    number = shape.rpartition(":")[2]
    return int(number) if number.isdecimal() else 0
