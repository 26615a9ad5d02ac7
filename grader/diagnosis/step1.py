"""Why Étape 1 does not answer as it should, or does not end."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from ..checks.etape1 import HELLO, quoted
from ..transcript.facts import Exited, FilenoAsked, Heard, Left, Listened, Refused, ShutDown
from ..transcript.place import Place
from ..transcript.questions import place_of
from . import windows
from .blocked import waiting
from .finding import Case, Finding
from .network import endless, given_to_threads, stray_socket

if TYPE_CHECKING:
    from difflib import SequenceMatcher

SIGNS = {
    " ": "une espace",
    "!": "le point d'exclamation",
    ",": "une virgule",
    ".": "un point",
    "\n": "un retour à la ligne",
}
"""How to name what one does not see well."""

ALIKE = 0.75
"""How much of a text must be right for the rest to be a slip (difflib's ratio)."""

MAX_COMPARED = 2000
"""Characters of two texts that are compared sign by sign, which takes the product of their lengths."""

MANY = 20
"""Answers beyond which there is a loop."""


def not_hello(case: Case) -> Finding:
    """Why the answer is not the right one."""
    place = next((place_of(one) for one in case.run.of(Left) if one.call == "send" and one.count > 0), None)
    data = "".join(fact.text for fact in case.run.of(Heard))
    if not data:
        return _no_answer(case)
    text = data.encode("latin-1", "replace").decode("utf-8", "replace")
    if "\0" in text:
        return Finding("hello_encodage", place)
    if text.strip().startswith(("b'", 'b"')) and "ello" in text:
        return Finding("hello_en_octets", place)
    rest = text.replace(HELLO, "").strip()
    if text.count(HELLO) > MANY and len(rest) < len(text) / 100:  # of a flood only parts are kept, which are cut
        return Finding("hello_repete", place)
    if text.count(HELLO) > 1 and not rest:
        return Finding("hello_repete", place)
    if HELLO in text:
        return Finding("hello_en_trop", place, {"extra": quoted(data.replace(HELLO, "", 1), 40)})
    if text.startswith("GET /"):
        return Finding("hello_requete", place)
    if HELLO.startswith(text) and len(text) < len(HELLO) - 1 and _written_at(case, text) is None:
        return Finding("hello_coupe", place, {"extra": f"« {text} »"})
    if len(text) < 2 * len(HELLO) and _matcher(HELLO.lower(), text.lower()).ratio() > ALIKE:
        return Finding("hello_presque", _written_at(case, text) or place, {"difference": difference(HELLO, text)})
    return Finding("autre_texte", _written_at(case, text) or place)


def difference(wanted: str, text: str) -> str:
    """The first difference between two texts, in French, the invisible named."""
    wanted, text = wanted[:MAX_COMPARED], text[:MAX_COMPARED]
    for tag, start, end, other, stop in _matcher(wanted, text).get_opcodes():
        right, wrong = wanted[start:end], text[other:stop]
        behind = f" après « {wanted[:start].strip()} »" if start else " au début"
        if tag == "insert":
            return f"il y a {_named(wrong)} de trop{behind}"
        if tag == "delete":
            return f"il manque {_named(right)}{behind}"
        if tag == "replace":
            return f"{_named(wrong)} au lieu de {_named(right)}{behind}"
    return "les deux textes se ressemblent"


def _matcher(one: str, two: str) -> SequenceMatcher[str]:
    from difflib import SequenceMatcher  # 1 ms that only a wrong text is worth

    return SequenceMatcher(None, one, two, autojunk=False)


def _named(text: str) -> str:
    return SIGNS.get(text) or f"« {text} »"


def _no_answer(case: Case) -> Finding:
    named = case.code.named_only("send", "sendall", "sendto")
    if named is not None:
        return Finding("sans_parentheses", case.at(named.lineno), {"name": "." + named.attr})
    talks = ("send", "sendall", "recv", "os.write", "os.read")
    refused = next((one for one in case.run.of(Refused) if one.method in talks), None)
    if refused is not None:
        return refused_call(case, refused)
    found = waiting(case.run, case.actor)
    read = any(one.call == "recv" and one.count > 0 for one in case.run.of(Left))
    if read and found and found[0].call == "recv":
        return Finding("attend_fin_requete", found[0].place)
    if found and found[0].call:
        return Finding("accept_en_boucle" if found[0].call == "accept" else "attend_avant_reponse", found[0].place)
    return Finding("hello_absent", found[0].place if found else None)


UNANSWERED = frozenset({
    "hello_absent", "hello_repete", "attend_fin_requete", "attend_avant_reponse", "accept_en_boucle",
    "socket_qui_ecoute", "texte_au_lieu_octets",
})  # fmt: skip
"""Why the answer does not come, or does not end: a program that does not end then does so for the same reason."""


def refused_call(case: Case, refused: Refused) -> Finding:
    """A call on a socket failed, and the program caught it."""
    place, run = place_of(refused), case.run
    only_posix = windows.only_posix(case.transcript, refused, run, case.code)
    if only_posix is not None:
        return only_posix
    if refused.error == "TypeError":
        slug = "texte_au_lieu_octets" if refused.method != "recv" else "type_impossible"
        if any(not call.args for call in case.code.calls_at(refused.line, "recv")):
            slug = "recv_sans_taille"
        return Finding(slug, place, {"name": refused.method})
    if refused.error in ("BlockingIOError", "TimeoutError", "timeout"):
        return Finding("delai_trop_court", place)
    listening = run.first(Listened, case.actor)
    if listening is not None and listening.socket == refused.socket:
        given = given_to_threads(case.code) if refused.thread != 1 else None
        return (
            Finding("args_serveur", case.at(given.lineno)) if given is not None else Finding("socket_qui_ecoute", place)
        )
    stray = stray_socket(run, case.actor, refused.socket)
    if stray is not None:
        return Finding("autre_socket", place_of(stray))
    shut = next((one for one in run.of(ShutDown, case.actor) if one.socket == refused.socket and one.how != 0), None)
    if refused.code == "EPIPE" and shut is not None:
        return Finding("shutdown_trop_tot", place_of(shut))
    return Finding("erreur_cachee", place, {"name": refused.method, "error": refused.error})


def _written_at(case: Case, text: str) -> Place | None:
    """The line where a text stands in the file."""
    for node in case.code.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes)):
            value = node.value if isinstance(node.value, str) else node.value.decode("utf-8", "replace")
            if value.strip() and value.strip() == text.strip():
                return case.at(node.lineno)
    return None


def no_descriptor(case: Case) -> Finding:
    """Why the descriptor of the client was not asked for."""
    asked = case.run.of(FilenoAsked)
    if any(fact.socket == 0 for fact in asked):
        return Finding("fileno_trop_tard", place_of(asked[0]))
    if asked:
        return Finding("fileno_ailleurs", place_of(asked[0]))
    calls = {id(call.func) for call in case.code.nodes if isinstance(call, ast.Call)}
    for node in case.code.nodes:
        if isinstance(node, ast.Attribute) and node.attr == "fileno" and id(node) not in calls:
            return Finding("fileno_sans_parentheses", case.at(node.lineno))
    return Finding("sans_fileno", case.verdict.place)


def not_over(case: Case) -> Finding:
    """Why the program does not end, or not well."""
    exited = case.run.first(Exited, case.actor)
    if exited is not None:
        calls = case.code.calls("exit", "_exit", "quit", "SystemExit")
        return Finding("mauvais_code", case.at(calls[0].lineno) if calls else None)
    found = waiting(case.run, case.actor)
    if not found or not found[0].call:
        return Finding("fin_boucle", endless(case, found[0]) if found else None)
    main = found[0]
    slug = "accept_en_boucle" if main.call == "accept" else "fin_attend"
    return Finding(slug, main.place)
