"""Finds why Python cannot read a file: from the text itself, as a careful reader would."""

from __future__ import annotations

import ast
import itertools
import keyword
import re
import unicodedata
from collections.abc import Callable, Iterator

from ...escape import shown
from ...submission import MAX_SOURCE
from ...transcript.place import Place
from .. import lessons
from ..case import Case, Finding, raised
from ..code import Code, nearest
from ..common import PYTHON2, TROP_IMBRIQUE
from ..mistake import Mistake
from ..scan import MAX_BRACKETS, PAIRS, Scan, Sign, pieces, scan

# fmt: off
ACCENTS_DU_FICHIER = Mistake("accents_du_fichier", "", "le fichier contient Ã© au lieu de é",
    "Ligne {line}, les accents de {file} sont abîmés (« Ã© » au lieu de « é ») : un éditeur a relu le fichier avec la mauvaise règle.",
    "Rouvre {file} en UTF-8 ; si « Ã© » est toujours là, remplace-le par « é », et de même pour les autres.",
    "Que voyais-tu à la ligne {line} quand tu l'as écrite ?", lessons.OCTETS)
MARQUES_FUSION = Mistake("marques_fusion", "", "une ligne commence par <<<<<<<, ======= ou >>>>>>>",
    "Ligne {line}, {file} contient des marques laissées par git : deux versions y sont mélangées.",
    "Choisis la bonne version, et efface les lignes <<<<<<<, ======= et >>>>>>>.",
    "Que font là les lignes <<<<<<< et >>>>>>> ?", lessons.TRAVAIL)
INVITE_COPIEE = Mistake("invite_copiee", "", "des lignes commencent par >>> ou par un numéro, comme copiées d'une page",
    "Ligne {line}, il reste « {text} » au début : cela vient de l'endroit où tu as copié, ce n'est pas du Python.",
    "Efface « {text} » au début des lignes de {file}.",
    "Qu'y a-t-il tout au début de la ligne {line} ?", lessons.TRAVAIL)
GUILLEMETS_WORD = Mistake("guillemets_word", "", "des guillemets ou apostrophes typographiques sont hors d'un texte",
    "Ligne {line}, il y a « {text} » : c'est un signe de traitement de texte (Word, page web). Python ne connaît que \" et '.",
    "Retape à la main les guillemets de la ligne {line} de {file}.",
    "Les guillemets de la ligne {line} sont-ils tout droits, ou penchés ?", lessons.TRAVAIL)
CARACTERE_INVISIBLE = Mistake("caractere_invisible", "", "un signe que Python ne connaît pas est hors d'un texte",
    "Ligne {line}, il y a un signe que Python ne connaît pas : {text}. Souvent, il vient d'un copier-coller.",
    "Efface la ligne {line} de {file}, et retape-la à la main.",
    "D'où vient la ligne {line} : l'as-tu tapée, ou copiée ?", lessons.TRAVAIL)
PARENTHESE_OUVERTE = Mistake("parenthese_ouverte", "", "une parenthèse, un crochet ou une accolade n'est jamais fermé",
    "Ligne {line}, le « {text} » n'est jamais refermé : Python lit la suite comme si elle était dedans.",
    "Ferme-le avec « {near} » à la bonne place, ligne {line} de {file}.",
    "Ligne {line} : compte les parenthèses qui s'ouvrent, puis celles qui se ferment.", lessons.COINCE)
PARENTHESE_EN_TROP = Mistake("parenthese_en_trop", "", "une parenthèse se ferme sans avoir été ouverte, ou pas avec la bonne",
    "Ligne {line}, il y a un « {text} » de trop, ou qui ne va pas avec celui qui ouvre.",
    "Compte les parenthèses de la ligne {line} de {file} : autant d'ouvertes que de fermées.",
    "Ligne {line} : compte les parenthèses qui s'ouvrent, puis celles qui se ferment.", lessons.COINCE)
APOSTROPHE_DANS_TEXTE = Mistake("apostrophe_dans_texte", "", "un texte entre apostrophes contient une apostrophe",
    "Ligne {line}, ton texte est entre apostrophes et en contient une : Python croit qu'il finit là.",
    "Entoure ce texte de guillemets doubles : \"J'attends\".",
    "Ligne {line} : où ton texte commence-t-il, et où Python croit-il qu'il finit ?", lessons.OCTETS)
GUILLEMET_OUVERT = Mistake("guillemet_ouvert", "", "un texte n'est pas refermé avant la fin de la ligne",
    "Ligne {line}, un texte commence par {text} et n'est pas refermé.",
    "Ajoute {text} à la fin du texte, ligne {line} de {file}.",
    "Ligne {line} : combien y a-t-il de guillemets ? Ils vont par deux.", lessons.COINCE)
DEUX_POINTS_OUBLIE = Mistake("deux_points_oublie", "", "une ligne def, if, while, for, try… ne finit pas par deux points",
    "Ligne {line}, il manque « : » à la fin : une ligne qui commence par {text} annonce un bloc.",
    "Ajoute « : » à la fin de la ligne {line} de {file}.",
    "Ligne {line} : par quel signe finissent les lignes qui commencent par {text} ?", lessons.COINCE)
EGAL_SIMPLE = Mistake("egal_simple", "", "un = simple dans une condition",
    "Ligne {line}, tu compares avec « = », qui range une valeur. Pour comparer, c'est « == ».",
    "Écris « == » dans la condition de la ligne {line} de {file}.",
    "Ligne {line} : veux-tu ranger une valeur, ou comparer deux valeurs ?", lessons.COINCE)
ADRESSE_SANS_GUILLEMETS = Mistake("adresse_sans_guillemets", "", "une adresse IP est écrite sans guillemets",
    "Ligne {line}, l'adresse {text} est écrite sans guillemets : Python y voit un nombre à trop de virgules.",
    "Mets l'adresse entre guillemets : \"{text}\".",
    "Une adresse IP, est-ce un nombre ou un texte ?", lessons.CHOISIR)
MOT_MAL_ECRIT = Mistake("mot_mal_ecrit", "", "un mot au début d'une ligne fautive est presque un mot de Python",
    "Ligne {line}, Python ne connaît pas « {text} ». Voulais-tu dire « {near} » ?",
    "Corrige « {text} » en « {near} », ligne {line} de {file}.",
    "Ligne {line} : relis chaque mot, lettre par lettre.", lessons.COINCE)
VIRGULE_OUBLIEE = Mistake("virgule_oubliee", "", "deux valeurs se suivent sans rien entre elles",
    "Ligne {line}, deux choses se suivent sans virgule entre elles : « {text} » arrive trop tôt.",
    "Ajoute la virgule (ou l'opérateur) qui manque avant « {text} », ligne {line} de {file}.",
    "Ligne {line} : qu'est-ce qui sépare chaque valeur de la suivante ?", lessons.COINCE)
HORS_BOUCLE = Mistake("hors_boucle", "", "break, continue ou return n'est pas là où il a un sens",
    "Ligne {line}, « {text} » n'a de sens que dans {near} : le décalage (les espaces au début) l'a sans doute sorti de là.",
    "Décale la ligne {line} de {file} pour la remettre dans {near}.",
    "Ligne {line} : dans quel bloc ce « {text} » doit-il être ?", lessons.COINCE)
GLOBAL_TROP_TARD = Mistake("global_trop_tard", "", "global après l'usage du nom",
    "Ligne {line}, « global » nomme une variable dont la fonction se sert déjà, plus haut ou comme paramètre.",
    "Enlève la ligne {line} de {file}, ou mets-la tout en haut de la fonction (jamais pour un paramètre).",
    "À quoi sert le global de la ligne {line} ?", lessons.COINCE)
SYNTAXE = Mistake("syntaxe", "", "toute autre erreur de syntaxe",
    "Python ne comprend pas la ligne {line} de {file}, ou celle juste avant.",
    "Compare la ligne {line} (et celle d'avant) avec un exemple du sujet : un signe manque, ou est en trop.",
    "Cache la ligne {line} avec un # : l'erreur bouge-t-elle ?", lessons.COINCE)
INDENTATION_MANQUANTE = Mistake("indentation_manquante", "", "un bloc n'est pas décalé",
    "Ligne {line}, il manque le décalage : ce qui est sous la ligne {other} (« {text} ») doit commencer par 4 espaces de plus.",
    "Décale avec 4 espaces ce qui doit être dans le bloc, à partir de la ligne {line} de {file}.",
    "Quelles lignes doivent être à l'intérieur du bloc de la ligne {other} ?", lessons.COINCE)
BLOC_VIDE = Mistake("bloc_vide", "", "un bloc ne contient rien, ou rien que des commentaires",
    "Le bloc de la ligne {other} (« {text} ») est vide : Python veut au moins une instruction dedans.",
    "Écris la suite du bloc, décalée de 4 espaces ; pour l'instant « pass » suffit.",
    "Que doit faire le bloc de la ligne {other} ?", lessons.COINCE)
INDENTATION_EN_TROP = Mistake("indentation_en_trop", "", "une ligne est décalée sans raison",
    "Ligne {line}, il y a des espaces de trop au début : rien au-dessus n'ouvre de bloc.",
    "Aligne la ligne {line} de {file} avec ses voisines.",
    "La ligne {line} commence-t-elle juste sous la première lettre de sa voisine ?", lessons.COINCE)
INDENTATION_DECALEE = Mistake("indentation_decalee", "", "un retour en arrière ne retombe sur aucun bloc",
    "Ligne {line}, le décalage ne correspond à aucun des blocs au-dessus : il y a un espace de trop ou de moins.",
    "Aligne la ligne {line} de {file}, à l'espace près, avec le début de son bloc.",
    "Combien d'espaces y a-t-il au début de la ligne {line}, et de celle d'avant ?", lessons.COINCE)
TABULATIONS = Mistake("tabulations", "", "des tabulations et des espaces sont mêlées",
    "Ligne {line}, le décalage mélange des tabulations et des espaces : à l'écran c'est pareil, pour Python non.",
    "Efface le début de la ligne {line} de {file}, et remets 4 espaces, comme sur les autres lignes.",
    "As-tu appuyé sur Tab à certains endroits, et sur Espace à d'autres ?", lessons.COINCE)
# fmt: on


BLOCKS = frozenset({"def", "if", "elif", "else", "while", "for", "try", "except", "finally", "with", "class"})
"""The words that begin a line which must end with a colon."""

WORDS = (*keyword.kwlist,)
QUOTES = "\"'"
PREFIXES = ("f", "b", "r", "u", "rb", "br", "fr", "rf")
MOJIBAKE = re.compile("\u00c3[\u0080-\u00bf]|\u00e2\u20ac")
"""UTF-8 that was read as Latin-1 or Windows-1252, and saved again."""

CURLY_QUOTES = "“”„‟‘’‚‛«»‹›´"
MERGE = re.compile(r"(<{7}|={7}|>{7})(\s|$)")
PROMPT = re.compile(r"\s*(>>>|In \[\d+\]:|\$ |PS [A-Z]:\\\S*>|[A-Z]:\\\S*>|\S[^\s@]*@\S+[$#] )")
ADDRESS = re.compile(r"(?<![\"'\d.])\d+\.\d+\.\d+(\.\d+)?(?![\"'])")
PRINT = re.compile(r"\s*print\s+(?![=(.,+\-*/%])\S")
EXCEPT = re.compile(r"\s*except\s+[\w.]+\s*,\s*\w+\s*:")
SINGLE_EQUAL = re.compile(r"(?<![=!<>:])=(?![=>])")
TOKEN = re.compile(r"\"[^\"]*\"|'[^']*'|[^\W\d]\w*|\d[\w.]*|[^\w\s]")


def unreadable(case: Case) -> Iterator[Finding]:
    """Python cannot read the file."""
    error = raised(case)
    yield from diagnose(case.code, error.error, error.line)


def diagnose(code: Code, error: str, line: int) -> Iterator[Finding]:
    """Why Python cannot read a file.

    Args:
        code: the file.
        error: the type of the exception.
        line: where Python stopped.
    """
    for number, text in enumerate(code.lines, 1):
        if MERGE.match(text):
            yield Finding(MARQUES_FUSION, Place(code.file, number))
    if error in ("IndentationError", "TabError"):
        yield _indentation(code, error, line)
        return
    if len(code.source) <= MAX_SOURCE:
        found = scan(code.source)
        if found.odd and found.odd[0].line <= line:
            yield _odd(code, found.odd[0])
        for look in LOOKS:
            yield from look(code, line, found)
    yield Finding(SYNTAXE, Place(code.file, line))


def _odd(code: Code, sign: Sign) -> Finding:
    """A sign that Python knows only inside a text."""
    place = Place(code.file, sign.line)
    if MOJIBAKE.search(code.line(sign.line)):
        return Finding(ACCENTS_DU_FICHIER, place)
    if sign.text in CURLY_QUOTES:
        return Finding(GUILLEMETS_WORD, place, {"text": sign.text})
    if sign.text in "\u00a0\u202f":
        return Finding(CARACTERE_INVISIBLE, place, {"text": "une espace insécable"})
    name = unicodedata.name(sign.text, f"sans nom, U+{ord(sign.text):04X}").lower()
    return Finding(CARACTERE_INVISIBLE, place, {"text": f"« {shown(sign.text)} » ({name})"})


def _prompt(code: Code, line: int, _: Scan) -> Iterator[Finding]:
    match = PROMPT.match(code.line(line))
    if match is not None:
        yield Finding(INVITE_COPIEE, Place(code.file, line), {"text": match.group(1).strip()})


def _bare_address(code: Code, line: int, _: Scan) -> Iterator[Finding]:
    match = ADDRESS.search(_without_comment(code.line(line)))
    if match is not None:
        yield Finding(ADRESSE_SANS_GUILLEMETS, Place(code.file, line), {"text": match.group()})


def _python2(code: Code, line: int, _: Scan) -> Iterator[Finding]:
    text, place = code.line(line), Place(code.file, line)
    if PRINT.match(text):
        yield Finding(PYTHON2, place, {"text": "print …", "near": "print(…), avec des parenthèses"})
    if EXCEPT.match(text):
        yield Finding(PYTHON2, place, {"text": "except …, e:", "near": "except … as e:"})


def _apostrophe(code: Code, line: int, found: Scan) -> Iterator[Finding]:
    sign = found.glued
    if sign is not None and sign.text == "'" and sign.line == line:
        yield Finding(APOSTROPHE_DANS_TEXTE, Place(code.file, line))
    sign = found.unclosed
    if sign is not None and sign.text == "'" and re.search(r"\w'\w", code.line(sign.line)):
        yield Finding(APOSTROPHE_DANS_TEXTE, Place(code.file, sign.line))


def _brackets(code: Code, line: int, found: Scan) -> Iterator[Finding]:
    if found.unclosed is not None and found.unclosed.line <= line:
        return
    if found.extra is not None:
        yield Finding(PARENTHESE_EN_TROP, Place(code.file, found.extra.line), {"text": found.extra.text})
    if found.deep is not None and found.deep.line <= line:
        yield Finding(TROP_IMBRIQUE, Place(code.file, found.deep.line))
    if found.opened and found.opened[-1].line <= line:
        sign = found.opened[0] if len({one.line for one in found.opened}) == 1 else found.opened[-1]
        yield Finding(PARENTHESE_OUVERTE, Place(code.file, sign.line), {"text": sign.text, "near": PAIRS[sign.text]})


def _unclosed(code: Code, _: int, found: Scan) -> Iterator[Finding]:
    sign = found.unclosed
    if sign is not None:
        yield Finding(GUILLEMET_OUVERT, Place(code.file, sign.line), {"text": sign.text})


def _misplaced(code: Code, line: int, _: Scan) -> Iterator[Finding]:
    """A statement that is right in itself, in a place where it means nothing."""
    place = Place(code.file, line)
    for node in code.nodes:  # empty where the text itself cannot be read
        if not isinstance(node, ast.stmt) or node.lineno != line:
            continue
        if isinstance(node, ast.Return) and code.function_around(line) is None:
            yield Finding(HORS_BOUCLE, place, {"text": "return", "near": "une fonction"})
        if isinstance(node, (ast.Break, ast.Continue)) and not code.loops_around(line):
            word = "break" if isinstance(node, ast.Break) else "continue"
            yield Finding(HORS_BOUCLE, place, {"text": word, "near": "une boucle"})
        if isinstance(node, ast.Global):
            yield Finding(GLOBAL_TROP_TARD, place)


def _statement(code: Code, line: int, _: Scan) -> Iterator[Finding]:
    """What is wrong with the words at the beginning of the line, or of the code line before it."""
    for number in (line, _before(code, line)):
        place, text = Place(code.file, number), _without_comment(code.line(number))
        tokens = TOKEN.findall(text)
        if not tokens:
            continue
        yield from _misspelt(tokens, place)
        if tokens[:2] == ["else", "if"]:
            yield Finding(MOT_MAL_ECRIT, place, {"text": "else if", "near": "elif"})
        if tokens[0] in BLOCKS and tokens[-1] != ":" and (number == line or tokens[0] != "with"):
            yield Finding(DEUX_POINTS_OUBLIE, place, {"text": tokens[0]})
        if tokens[0] in ("if", "elif", "while") and SINGLE_EQUAL.search(text) and number == line:
            yield Finding(EGAL_SIMPLE, place)


def _misspelt(tokens: list[str], place: Place) -> Iterator[Finding]:
    """A word at the beginning of a line that resembles one of Python's, and stands where only such a one can."""
    for number, token in enumerate(tokens[:4]):
        following = tokens[number + 1] if number + 1 < len(tokens) else ""
        near = nearest(token, WORDS, 0.72) if token.isidentifier() and not keyword.iskeyword(token) else ""
        if near and token != near and (_opens(following) or (number == 0 and following == ":")):
            yield Finding(MOT_MAL_ECRIT, place, {"text": token, "near": near})


def _neighbours(code: Code, line: int, _: Scan) -> Iterator[Finding]:
    """Two values with nothing between them."""
    tokens = TOKEN.findall(_without_comment(code.line(line)))
    for one, two in itertools.pairwise(tokens):
        quoted = two[0] in QUOTES and (one[0] in QUOTES or one.lower() in PREFIXES)
        if (_is_value(one) or one in ")]") and _is_value(two) and not quoted:
            yield Finding(VIRGULE_OUBLIEE, Place(code.file, line), {"text": two})


LOOKS: tuple[Callable[[Code, int, Scan], Iterator[Finding]], ...] = (
    _prompt,
    _bare_address,
    _python2,
    _apostrophe,
    _brackets,
    _unclosed,
    _misplaced,
    _statement,
    _neighbours,
)
"""Who reads the text around the line where Python stopped, in this order."""


def _opens(token: str) -> bool:
    """Whether a token can only stand behind a keyword."""
    return _is_value(token) or token in ("True", "False", "None", "not")


def _is_value(token: str) -> bool:
    return (
        bool(token) and (token[0] in QUOTES or token[0].isalnum() or token[0] == "_") and not keyword.iskeyword(token)
    )


def _indentation(code: Code, error: str, line: int) -> Finding:
    """What is wrong with the space at the beginning of a line."""
    number = _before(code, line)
    here, before = _space(code, line), _space(code, number)
    place, width, width_before = Place(code.file, line), len(here.expandtabs()), len(before.expandtabs())
    opened = _without_comment(code.line(number)).endswith(":")
    if opened and len(before) < len(here) and len(here) >= MAX_BRACKETS // 2 - 1:
        return Finding(TROP_IMBRIQUE, place)
    if error == "TabError" or (here and before and ("\t" in here) != ("\t" in before)):
        return Finding(TABULATIONS, place)
    if opened and width <= width_before:
        if not code.line(line) or _has_deeper_comment(code, number, line):
            return Finding(BLOC_VIDE, Place(code.file, number), {"other": str(number), "text": code.line(number)})
        return Finding(INDENTATION_MANQUANTE, place, {"other": str(number), "text": code.line(number)})
    return Finding(INDENTATION_EN_TROP if width > width_before else INDENTATION_DECALEE, place)


def _has_deeper_comment(code: Code, start: int, end: int) -> bool:
    """Whether all that a block between two lines has is a comment."""
    before = len(_space(code, start))
    return any(
        text.strip().startswith("#") and len(text) - len(text.lstrip()) > before for text in code.lines[start : end - 1]
    )


def _before(code: Code, line: int) -> int:
    """The number of the last line of code before one; 0 where there is none."""
    numbers = range(min(line, len(code.lines) + 1) - 1, 0, -1)
    return next((number for number in numbers if _without_comment(code.line(number))), 0)


def _space(code: Code, line: int) -> str:
    text = code.lines[line - 1] if 1 <= line <= len(code.lines) else ""
    return text[: len(text) - len(text.lstrip())]


def _without_comment(text: str) -> str:
    """A line without its comment; a sign # inside a text stays."""
    for match in pieces(text):
        if match.lastgroup == "comment":
            return text[: match.start()].strip()
    return text.strip()
