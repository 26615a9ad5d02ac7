"""Finds why Python cannot read a file: from the text itself, as a careful reader would."""

from __future__ import annotations

import ast
import itertools
import keyword
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..submission import MAX_SOURCE, shown
from .code import Code, nearest

BLOCKS = frozenset({"def", "if", "elif", "else", "while", "for", "try", "except", "finally", "with", "class"})
"""The words that begin a line which must end with a colon."""

WORDS = (*keyword.kwlist,)
QUOTES = "\"'"
PREFIXES = ("f", "b", "r", "u", "rb", "br", "fr", "rf")
MOJIBAKE = re.compile("\u00c3[\u0080-\u00bf]|\u00e2\u20ac")
"""UTF-8 that was read as Latin-1 or Windows-1252, and saved again."""

PAIRS = {"(": ")", "[": "]", "{": "}"}
MAX_BRACKETS = 200
"""How many brackets Python reads one in the other (MAXLEVEL of its tokenizer); of blocks it is half as many."""

MAX_UNCLOSED = 50
"""Quotes that nothing closes, after which a text is not read on: what is wrong with it is clear."""

CURLY_QUOTES = "“”„‟‘’‚‛«»‹›´"
MERGE = re.compile(r"(<{7}|={7}|>{7})(\s|$)")
PROMPT = re.compile(r"\s*(>>>|In \[\d+\]:|\$ |PS [A-Z]:\\\S*>|[A-Z]:\\\S*>|\S[^\s@]*@\S+[$#] )")
ADDRESS = re.compile(r"(?<![\"'\d.])\d+\.\d+\.\d+(\.\d+)?(?![\"'])")
PRINT = re.compile(r"\s*print\s+(?![=(.,+\-*/%])\S")
EXCEPT = re.compile(r"\s*except\s+[\w.]+\s*,\s*\w+\s*:")
PIECE = re.compile(
    r"""(?P<comment>\#[^\n]*)
    |(?P<text>\"{3}(?:\\.|[^\\])*?\"{3}|'{3}(?:\\.|[^\\])*?'{3}|\"(?!\"\")(?:\\.|[^"\\\n])*\"|'(?!'')(?:\\.|[^'\\\n])*')
    |(?P<unclosed>\"{3}|'{3}|["'])
    |(?P<bracket>[()\[\]{}])
    |(?P<odd>[^\t-\r\x20-\x7e])""",
    re.VERBOSE | re.DOTALL,
)
"""A comment, a whole text, a quote that nothing closes, a bracket, or a sign that is not on every keyboard."""

TOKEN = re.compile(r"\"[^\"]*\"|'[^']*'|[^\W\d]\w*|\d[\w.]*|[^\w\s]")


@dataclass(frozen=True)
class Fault:
    """Why a file cannot be read: a slug of the catalogue, the line, and what the texts need."""

    slug: str
    line: int
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sign:
    """A sign of the text and its line."""

    text: str
    line: int


@dataclass
class Scan:
    """What reading the text sign by sign shows.

    Attributes:
        odd: signs that Python knows only inside a text.
        opened: brackets that nothing closes, in order.
        deep: a bracket inside more others than Python reads.
        extra: a bracket that closes what was not opened so.
        unclosed: a quote that is not closed on its line, or never if there are three of it.
        glued: a closing quote with a letter right behind it.
    """

    odd: list[Sign] = field(default_factory=list)
    opened: list[Sign] = field(default_factory=list)
    deep: Sign | None = None
    extra: Sign | None = None
    unclosed: Sign | None = None
    glued: Sign | None = None


def scan(source: str) -> Scan:
    """Read a text as Python's tokenizer would, remembering what does not fit."""
    found, line, counted = Scan(), 1, 0
    for match in _pieces(source):
        line, counted = line + source.count("\n", counted, match.start()), match.start()
        sign = match.group()
        if match.lastgroup == "text":
            following = source[match.end() : match.end() + 1]
            if found.glued is None and len(sign) > 2 and sign[-2].isalpha() and following.isalpha():
                found.glued = Sign(sign[-1], line)
        elif match.lastgroup == "unclosed":
            found.unclosed = found.unclosed or Sign(sign, line)
        elif sign in PAIRS:
            found.opened.append(Sign(sign, line))
            if len(found.opened) == MAX_BRACKETS:
                found.deep = found.deep or Sign(sign, line)
        elif sign in PAIRS.values():
            if found.opened and PAIRS[found.opened[-1].text] == sign:
                found.opened.pop()
            else:
                found.extra = found.extra or Sign(sign, line)
        elif match.lastgroup == "odd" and not ("a" + sign).isidentifier():
            found.odd.append(Sign(sign, line))
    return found


def _pieces(source: str) -> Iterator[re.Match[str]]:
    """The pieces of a text; an end is looked for behind each quote that has none, so many such quotes take long."""
    unclosed = 0
    for match in PIECE.finditer(source):
        unclosed += match.lastgroup == "unclosed"
        if unclosed > MAX_UNCLOSED:
            break
        yield match


def diagnose(code: Code, error: str, line: int) -> Fault:
    """Why Python cannot read a file.

    Args:
        code: the file.
        error: the type of the exception.
        line: where Python stopped.
    """
    number = next((number for number, text in enumerate(code.lines, 1) if MERGE.match(text)), 0)
    if number:
        return Fault("marques_fusion", number)
    if error in ("IndentationError", "TabError"):
        return _indentation(code, error, line)
    if len(code.source) > MAX_SOURCE:
        return Fault("syntaxe", line)
    found = scan(code.source)
    if found.odd and found.odd[0].line <= line:
        return _odd(code, found.odd[0])
    for look in (
        _prompt,
        _bare_address,
        _python2,
        _apostrophe,
        _brackets,
        _unclosed,
        _misplaced,
        _statement,
        _neighbours,
    ):
        fault = look(code, line, found)
        if fault is not None:
            return fault
    return Fault("syntaxe", line)


def _odd(code: Code, sign: Sign) -> Fault:
    if MOJIBAKE.search(code.line(sign.line)):
        return Fault("accents_du_fichier", sign.line)
    if sign.text in CURLY_QUOTES:
        return Fault("guillemets_word", sign.line, {"text": sign.text})
    if sign.text in "\u00a0\u202f":
        return Fault("caractere_invisible", sign.line, {"text": "une espace insécable"})
    name = unicodedata.name(sign.text, f"sans nom, U+{ord(sign.text):04X}").lower()
    return Fault("caractere_invisible", sign.line, {"text": f"« {shown(sign.text)} » ({name})"})


def _prompt(code: Code, line: int, _: Scan) -> Fault | None:
    match = PROMPT.match(code.line(line))
    return None if match is None else Fault("invite_copiee", line, {"text": match.group(1).strip()})


def _bare_address(code: Code, line: int, _: Scan) -> Fault | None:
    match = ADDRESS.search(_without_comment(code.line(line)))
    return None if match is None else Fault("adresse_sans_guillemets", line, {"text": match.group()})


def _python2(code: Code, line: int, _: Scan) -> Fault | None:
    text = code.line(line)
    if PRINT.match(text):
        return Fault("python2", line, {"text": "print …", "near": "print(…), avec des parenthèses"})
    if EXCEPT.match(text):
        return Fault("python2", line, {"text": "except …, e:", "near": "except … as e:"})
    return None


def _apostrophe(code: Code, line: int, found: Scan) -> Fault | None:
    sign = found.glued
    if sign is not None and sign.text == "'" and sign.line == line:
        return Fault("apostrophe_dans_texte", line)
    sign = found.unclosed
    if sign is not None and sign.text == "'" and re.search(r"\w'\w", code.line(sign.line)):
        return Fault("apostrophe_dans_texte", sign.line)
    return None


def _brackets(_code: Code, line: int, found: Scan) -> Fault | None:
    if found.unclosed is not None and found.unclosed.line <= line:
        return None
    if found.extra is not None:
        return Fault("parenthese_en_trop", found.extra.line, {"text": found.extra.text})
    if found.deep is not None and found.deep.line <= line:
        return Fault("trop_imbrique", found.deep.line)
    if found.opened and found.opened[-1].line <= line:
        sign = found.opened[0] if len({one.line for one in found.opened}) == 1 else found.opened[-1]
        return Fault("parenthese_ouverte", sign.line, {"text": sign.text, "near": PAIRS[sign.text]})
    return None


def _unclosed(_code: Code, _line: int, found: Scan) -> Fault | None:
    sign = found.unclosed
    return None if sign is None else Fault("guillemet_ouvert", sign.line, {"text": sign.text})


def _misplaced(code: Code, line: int, _: Scan) -> Fault | None:
    """A statement that is right in itself, in a place where it means nothing."""
    for node in code.nodes:  # empty where the text itself cannot be read
        if isinstance(node, ast.Return) and node.lineno == line and code.function_around(line) is None:
            return Fault("hors_boucle", line, {"text": "return", "near": "une fonction"})
        if isinstance(node, (ast.Break, ast.Continue)) and node.lineno == line and not code.loops_around(line):
            word = "break" if isinstance(node, ast.Break) else "continue"
            return Fault("hors_boucle", line, {"text": word, "near": "une boucle"})
        if isinstance(node, ast.Global) and node.lineno == line:
            return Fault("global_trop_tard", line)
    return None


def _statement(code: Code, line: int, _: Scan) -> Fault | None:
    """What is wrong with the words at the beginning of the line, or of the code line before it."""
    for number in (line, _before(code, line)):
        text = _without_comment(code.line(number))
        tokens = TOKEN.findall(text)
        if not tokens:
            continue
        for place, token in enumerate(tokens[:4]):
            following = tokens[place + 1] if place + 1 < len(tokens) else ""
            near = nearest(token, WORDS, 0.72) if token.isidentifier() and not keyword.iskeyword(token) else ""
            if near and token != near and (_opens(following) or (place == 0 and following == ":")):
                return Fault("mot_mal_ecrit", number, {"text": token, "near": near})
        if tokens[:2] == ["else", "if"]:
            return Fault("mot_mal_ecrit", number, {"text": "else if", "near": "elif"})
        if tokens[0] in BLOCKS and tokens[-1] != ":" and (number == line or tokens[0] != "with"):
            return Fault("deux_points_oublie", number, {"text": tokens[0]})
        if tokens[0] in ("if", "elif", "while") and re.search(r"(?<![=!<>:])=(?![=>])", text) and number == line:
            return Fault("egal_simple", number)
    return None


def _neighbours(code: Code, line: int, _: Scan) -> Fault | None:
    """Two values with nothing between them."""
    tokens = TOKEN.findall(_without_comment(code.line(line)))
    for one, two in itertools.pairwise(tokens):
        quoted = two[0] in QUOTES and (one[0] in QUOTES or one.lower() in PREFIXES)
        if (_is_value(one) or one in ")]") and _is_value(two) and not quoted:
            return Fault("virgule_oubliee", line, {"text": two})
    return None


def _opens(token: str) -> bool:
    """Whether a token can only stand behind a keyword."""
    return _is_value(token) or token in ("True", "False", "None", "not")


def _is_value(token: str) -> bool:
    return (
        bool(token) and (token[0] in QUOTES or token[0].isalnum() or token[0] == "_") and not keyword.iskeyword(token)
    )


def _indentation(code: Code, error: str, line: int) -> Fault:
    """What is wrong with the space at the beginning of a line."""
    number = _before(code, line)
    here, before = _space(code, line), _space(code, number)
    opened = _without_comment(code.line(number)).endswith(":")
    if opened and len(before) < len(here) and len(here) >= MAX_BRACKETS // 2 - 1:
        return Fault("trop_imbrique", line)
    if error == "TabError" or (here and before and ("\t" in here) != ("\t" in before)):
        return Fault("tabulations", line)
    if opened and len(here.expandtabs()) <= len(before.expandtabs()):
        between = code.lines[number : line - 1]
        deeper = any(text.strip().startswith("#") and len(text) - len(text.lstrip()) > len(before) for text in between)
        values = {"other": str(number), "text": code.line(number)}
        if deeper or not code.line(line):
            return Fault("bloc_vide", number, values)
        return Fault("indentation_manquante", line, values)
    if len(here.expandtabs()) > len(before.expandtabs()):
        return Fault("indentation_en_trop", line)
    return Fault("indentation_decalee", line)


def _before(code: Code, line: int) -> int:
    """The number of the last line of code before one; 0 where there is none."""
    numbers = range(min(line, len(code.lines) + 1) - 1, 0, -1)
    return next((number for number in numbers if _without_comment(code.line(number))), 0)


def _space(code: Code, line: int) -> str:
    text = code.lines[line - 1] if 1 <= line <= len(code.lines) else ""
    return text[: len(text) - len(text.lstrip())]


def _without_comment(text: str) -> str:
    """A line without its comment; a sign # inside a text stays."""
    for match in _pieces(text):
        if match.lastgroup == "comment":
            return text[: match.start()].strip()
    return text.strip()
