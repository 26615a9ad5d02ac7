"""Why accents, or long messages, do not survive the journey between two programs."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ...french import octets
from ...transcript.calls import RECV, SEND
from ...transcript.facts import Heard, Said
from ...transcript.lines import lines
from ...transcript.scenario_names import long_message, typing_first
from .. import lessons
from ..case import Case, Finding
from ..code import called, kind_of, small_recv
from ..conversation import last_line, undelivered
from ..mistake import Flags, Mistake

# fmt: off
DUO_SANS_CONNEXION = Mistake("duo_sans_connexion", "dialogue", "les deux programmes ne se connectent pas",
    "Seuls, tes programmes trouvent quelqu'un ; ensemble, ils ne se connectent pas.",
    "Lance serveur.py dans un terminal, client.py dans un autre, et regarde lequel se plaint.",
    "Lequel des deux programmes attend l'autre ?", lessons.ESSAYER, Flags.WAITS)
DUO_MUET = Mistake("duo_muet", "dialogue", "un message ne passe pas d'un programme à l'autre",
    "Seuls, tes programmes marchent ; ensemble, un message se perd.",
    "Lance les deux dans deux terminaux : quel côté n'envoie pas, n'affiche pas, ou réagit à un mot de l'autre (exit) ?",
    "De quel côté le message se perd-il ?", lessons.ESSAYER, Flags.WAITS)
DUO_INTERROMPU = Mistake("duo_interrompu", "dialogue", "un des programmes s'arrête en pleine conversation",
    "Un des deux programmes s'arrête en pleine conversation.",
    "Lance les deux dans deux terminaux, et regarde lequel s'arrête.",
    "Lequel s'arrête, et après quel message ?", lessons.ESSAYER)
FIN_DE_LIGNE_ABSENTE = Mistake("fin_de_ligne_absente", "dialogue", "un programme lit ligne par ligne, l'autre n'envoie pas de fin de ligne",
    "{other} lit ligne par ligne, mais {file} n'envoie jamais de fin de ligne : {other} attend la suite pour toujours.",
    "Ajoute \"\\n\" à la fin de chaque message envoyé, ligne {line} de {file}.",
    "À quel signe {other} reconnaît-il la fin d'un message ?", lessons.OCTETS)
ENCODAGES_DIFFERENTS = Mistake("encodages_differents", "accents", "un programme encode autrement que l'autre ne décode",
    "{file} utilise {name}, ligne {line} : un message accentué ne survit pas au voyage.",
    "Utilise utf-8 partout : .encode(\"utf-8\") et .decode(\"utf-8\"), dans les deux fichiers.",
    "Compare les encodages de serveur.py et de client.py.", lessons.OCTETS)
ACCENTS_JETES = Mistake("accents_jetes", "accents", "ignore ou replace jette les accents",
    "Ligne {line}, « {name} » jette ce qu'il ne sait pas traduire, au lieu de le dire : les accents disparaissent.",
    "Utilise utf-8 sans rien d'autre : .encode(\"utf-8\") et .decode(\"utf-8\"), et recv(1024) pour ne pas couper un accent.",
    "Que fait « {name} » d'un é ?", lessons.OCTETS)
STR_SUR_OCTETS = Mistake("str_sur_octets", "", "str() est appelé sur des octets",
    "Ligne {line}, str(…) sur des octets ne traduit rien : il écrit b'…', avec \\x pour chaque accent.",
    "Traduis avec .decode(\"utf-8\").",
    "Que rend str(…) quand on lui donne des octets ?", lessons.OCTETS)
ACCENTS_COUPES = Mistake("accents_coupes", "accents", "recv coupe un accent en deux",
    "Ligne {line}, recv prend {size} à la fois : une lettre accentuée en prend deux, un emoji quatre, et se retrouve coupée.",
    "Donne un plus grand nombre à recv : recv(1024).",
    "Combien d'octets prend un é ? Un emoji ?", lessons.OCTETS)
ACCENTS_ABIMES = Mistake("accents_abimes", "accents", "les accents n'arrivent pas intacts, sans autre cause connue",
    "Les accents ou l'emoji n'arrivent pas intacts.",
    "Encode et décode en utf-8, sans changer le message, des deux côtés.",
    "Par quelles fonctions passe un é avant de s'afficher ?", lessons.OCTETS, Flags.SPEAKS)
LONG_COUPE = Mistake("long_coupe", "long", "un long message n'est pas affiché en entier",
    "recv peut couper un long message n'importe où, même au milieu d'un accent.",
    "Garde les morceaux, ou utilise un décodeur qui attend la suite (codecs.getincrementaldecoder).",
    "Où recv coupe-t-il un message de 10 000 lettres ?", lessons.OCTETS)
# fmt: on

LOSSY = ("ignore", "replace", "backslashreplace", "xmlcharrefreplace")
"""What encode and decode can be told to do with what they do not know."""

UTF_8 = ("utf-8", "utf8", "u8")


def encoding_of(case: Case) -> Iterator[Finding]:
    """Why accents do not arrive: a rule that does not know them, on one side or on both."""
    for call in case.code.calls("encode", "decode", "bytes", "str"):
        yield from _rule(case, call)
    yield from made_text(case)
    small = small_recv(case.code)
    if small is not None:
        yield Finding(ACCENTS_COUPES, case.at(small[0]), {"size": octets(small[1])})


def wide_letters(case: Case) -> Iterator[Finding]:
    """What left has several bytes for each letter: it was made by another rule."""
    if "\0" in undelivered(case).answer:
        yield from encoding_of(case)


def made_text(case: Case) -> Iterator[Finding]:
    """Bytes are given to str(), which writes them as b'…'."""
    shown = next((call for call in case.code.calls("str", "repr") if len(call.args) == 1 and not call.keywords), None)
    if shown is not None and kind_of(shown.args[0], case.code) == "bytes":
        yield Finding(STR_SUR_OCTETS, case.at(shown.lineno))


def _rule(case: Case, call: ast.Call) -> Iterator[Finding]:
    """A rule other than UTF-8, or one that throws away what it does not know."""
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    texts = [one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    if called(call) in ("bytes", "str"):
        texts = texts[-1:] if len(call.args) > 1 else []
    lossy = next((text for text in texts if text in LOSSY), "")
    rule = next((text for text in texts if text != lossy and text.lower().replace("_", "-") not in UTF_8), "")
    if rule:
        yield Finding(ENCODAGES_DIFFERENTS, case.at(call.lineno), {"name": rule})
    if lossy:
        yield Finding(ACCENTS_JETES, case.at(call.lineno), {"name": lossy})


def lines_without_end(case: Case) -> Iterator[Finding]:
    """One program reads whole lines, and the other sends none: nothing ends its messages."""
    other = "client" if case.program == "serveur" else "serveur"
    run = case.transcript.run(typing_first(other))
    heard = "".join(one.text for one in run.of(Heard, other))
    if case.code.calls("readline", "makefile") and heard and "\n" not in heard:
        program = case.submission.programs.get(other)
        file = program.file if program else other
        yield Finding(FIN_DE_LIGNE_ABSENTE, last_line(run, other, SEND), {"other": case.code.file, "file": file})


def cut(case: Case) -> Iterator[Finding]:
    """Where a long message is cut."""
    run = case.transcript.run(long_message(case.program))
    found = lines(run, Said, case.program, case.program)
    if not found or not all(line.came for line in found):
        yield Finding(LONG_COUPE, last_line(run, case.program, RECV))
