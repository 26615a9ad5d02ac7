"""Why Étape 1 does not answer as it should, or does not end."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from ...checks.etape1 import HELLO, quoted
from ...transcript.calls import ACCEPT, RECV, Received, Sent
from ...transcript.facts import Exited, FilenoAsked, Heard, Refused
from ...transcript.place import Place
from ...transcript.questions import place_of
from .. import lessons
from ..case import Case, Finding
from ..common import ACCEPT_EN_BOUCLE
from ..conversation import endless
from ..mistake import Flags, Mistake
from ..uncalled import uncalled
from ..waiting import waiting
from ..wording import difference, likeness

# fmt: off
HELLO_PRESQUE = Mistake("hello_presque", "hello", "la réponse ressemble à Hello World!",
    "Ta réponse est presque la bonne : {difference}.",
    "Corrige le texte, lettre par lettre : Hello World!",
    "Compare, signe par signe, ton texte et celui du sujet : majuscules, espaces, ponctuation.", lessons.MESSAGE, Flags.PLAIN)
HELLO_EN_OCTETS = Mistake("hello_en_octets", "hello", "la réponse est l'écriture d'octets, b'…'",
    "Tu envoies l'écriture b'…' elle-même : str(…) ou f\"{{…}}\" sur des octets ne les traduit pas.",
    "Envoie le texte avec .encode(), sans str() autour des octets.",
    "D'où viennent le b et les apostrophes que reçoit le client ?", lessons.OCTETS)
HELLO_EN_TROP = Mistake("hello_en_trop", "hello", "la réponse contient Hello World! et autre chose",
    "Hello World! est bien là, mais il y a autre chose autour : {extra}.",
    "Envoie Hello World! et rien d'autre.",
    "Combien de fois envoies-tu quelque chose au client, et quoi ?", lessons.MESSAGE)
HELLO_REPETE = Mistake("hello_repete", "hello", "la réponse est envoyée plusieurs fois",
    "Hello World! part plusieurs fois.",
    "Envoie-le une seule fois : enlève la boucle autour, ou l'envoi en trop.",
    "Combien de fois la ligne qui envoie est-elle exécutée ?", lessons.ENVOYER, Flags.UNANSWERED)
HELLO_COUPE = Mistake("hello_coupe", "hello", "seul le début de la réponse arrive",
    "Seul le début arrive : {extra}.",
    "Envoie tout le texte en une fois : client.sendall(MESSAGE.encode()).",
    "Combien d'octets envoies-tu ?", lessons.ENVOYER)
HELLO_ENCODAGE = Mistake("hello_encodage", "hello", "la réponse est dans un autre encodage",
    "Ta réponse n'est pas en UTF-8 : chaque lettre y prend plusieurs octets.",
    "Encode le texte en utf-8 : .encode(\"utf-8\").",
    "Quel encodage donnes-tu à encode ?", lessons.OCTETS)
HELLO_REQUETE = Mistake("hello_requete", "hello", "la réponse est ce que le client a envoyé",
    "Ton serveur renvoie au client sa propre demande.",
    "Envoie le message choisi au TODO 6, pas ce que recv a rendu.",
    "Quelle variable envoies-tu, et que contient-elle ?", lessons.MESSAGE)
AUTRE_TEXTE = Mistake("autre_texte", "hello", "la réponse est un autre texte",
    "Le texte envoyé n'est pas celui du sujet.",
    "Envoie exactement Hello World!",
    "Quel texte le sujet demande-t-il ?", lessons.MESSAGE, Flags.SPEAKS)
HELLO_ABSENT = Mistake("hello_absent", "hello", "le client ne reçoit rien",
    "Rien n'est envoyé au client.",
    "Envoie le message avec la socket du client : client.sendall(message.encode()).",
    "Quelle ligne envoie le message, et passe-t-on dessus ?", lessons.ENVOYER, Flags.WAITS | Flags.VAGUE | Flags.UNANSWERED)
ATTEND_AVANT_REPONSE = Mistake("attend_avant_reponse", "hello", "le programme attend autre chose avant de répondre",
    "Ligne {line}, ton serveur attend autre chose avant de répondre, et cela ne vient pas.",
    "Enlève cette attente : réponds tout de suite après accept().",
    "Qu'attend la ligne {line}, et qui pourrait le lui donner ?", lessons.ENVOYER, Flags.WAITS | Flags.UNANSWERED)
ATTEND_FIN_REQUETE = Mistake("attend_fin_requete", "hello", "le programme lit jusqu'à la fin de la connexion avant de répondre",
    "Ligne {line}, ton serveur veut lire jusqu'à ce que le client raccroche. Mais le client attend ta réponse avant de raccrocher.",
    "Lis la demande une seule fois, avec recv(1024), puis réponds.",
    "Qui attend qui, du client et de ton serveur ?", lessons.ENVOYER, Flags.WAITS | Flags.UNANSWERED)
SANS_FILENO = Mistake("sans_fileno", "fileno", "fileno n'est pas appelé",
    "Rien, dans {file}, ne demande le descripteur de la socket que rend accept().",
    "Appelle .fileno() sur la socket rendue par accept(), et affiche le résultat.",
    "Quelle méthode donne le descripteur, et de quelle socket ?", lessons.FILENO, Flags.SPEAKS | Flags.PLAIN)
FILENO_AILLEURS = Mistake("fileno_ailleurs", "fileno", "fileno est appelé sur une autre socket",
    "Ligne {line}, tu demandes le descripteur de la socket qui écoute. Le sujet demande celui du client.",
    "Appelle .fileno() sur la socket rendue par accept().",
    "Tu as deux sockets : laquelle est celle du client ?", lessons.FILENO, Flags.SPEAKS)
FILENO_TROP_TARD = Mistake("fileno_trop_tard", "fileno", "fileno est appelé après close",
    "Ligne {line}, la socket est déjà fermée : elle n'a plus de descripteur (-1).",
    "Appelle .fileno() avant close().",
    "Une socket fermée a-t-elle encore un numéro ?", lessons.FILENO)
FIN_ATTEND = Mistake("fin_attend", "fin", "le programme est bloqué après la réponse",
    "Après la réponse, ton programme attend encore.",
    "Enlève cette attente : après la réponse, il n'y a plus qu'à fermer.",
    "Qu'attend la ligne {line}, et cela viendra-t-il ?", lessons.ENVOYER, Flags.WAITS)
FIN_BOUCLE = Mistake("fin_boucle", "fin", "le programme tourne sans fin après la réponse",
    "Après la réponse, une boucle continue sans fin (ligne {line}).",
    "Enlève cette boucle, ou sors-en avec break.",
    "Quelle boucle ne s'arrête pas ?", lessons.ENVOYER, Flags.WAITS)
MAUVAIS_CODE = Mistake("mauvais_code", "", "le programme finit avec un code autre que 0",
    "Ton programme finit avec un code autre que 0 : un exit(…) dit au système « ça s'est mal passé ».",
    "Enlève exit(…), ou écris exit(0).",
    "Quel nombre donnes-tu à exit ?", lessons.ENVOYER, Flags.PLAIN)
# fmt: on

ALIKE = 0.75
"""How much of a text must be right for the rest to be a slip (difflib's ratio)."""

MANY = 20
"""Answers beyond which there is a loop."""


def wrong_answer(case: Case) -> Iterator[Finding]:
    """What is wrong with the answer, if there is one."""
    data = "".join(fact.text for fact in case.run.of(Heard))
    if not data:
        return
    place = next((place_of(one) for one in case.run.of(Sent) if one.gave_something), None)
    text = data.encode("latin-1", "replace").decode("utf-8", "replace")
    form = next((mistake for mistake, is_so in FORMS if is_so(text)), None)
    if form is not None:
        yield Finding(form, place)
    elif HELLO in text:
        yield Finding(HELLO_EN_TROP, place, {"extra": quoted(data.replace(HELLO, "", 1), 40)})
    elif text.startswith("GET /"):
        yield Finding(HELLO_REQUETE, place)
    elif HELLO.startswith(text) and len(text) < len(HELLO) - 1 and _written_at(case, text) is None:
        yield Finding(HELLO_COUPE, place, {"extra": f"« {text} »"})
    elif len(text) < 2 * len(HELLO) and likeness(HELLO.lower(), text.lower()) > ALIKE:
        yield Finding(HELLO_PRESQUE, _written_at(case, text) or place, {"difference": difference(HELLO, text)})
    else:
        yield Finding(AUTRE_TEXTE, _written_at(case, text) or place)


def _is_wide(text: str) -> bool:
    return "\0" in text


def _is_literal(text: str) -> bool:
    return text.strip().startswith(("b'", 'b"')) and "ello" in text


def _is_repeated(text: str) -> bool:
    """Whether the answer came more than once; of a flood only parts are kept, which are cut."""
    count, rest = text.count(HELLO), text.replace(HELLO, "").strip()
    return (count > MANY and len(rest) < len(text) / 100) or (count > 1 and not rest)


FORMS: tuple[tuple[Mistake, Callable[[str], bool]], ...] = (
    (HELLO_ENCODAGE, _is_wide),
    (HELLO_EN_OCTETS, _is_literal),
    (HELLO_REPETE, _is_repeated),
)
"""What the answer shows by itself."""


def refused(case: Case) -> Refused | None:
    """The first call to the client that failed."""
    talks = ("send", "sendall", "recv", "os.write", "os.read")
    return next((one for one in case.run.of(Refused) if one.method in talks), None)


def no_answer(case: Case) -> Iterator[Finding]:
    """What the program does instead of answering."""
    found = waiting(case.run, case.program)
    read = any(one.gave_something for one in case.run.of(Received))
    if read and found and found[0].call == RECV:
        yield Finding(ATTEND_FIN_REQUETE, found[0].place)
    elif found and found[0].call:
        yield Finding(ACCEPT_EN_BOUCLE if found[0].call == ACCEPT else ATTEND_AVANT_REPONSE, found[0].place)
    else:
        yield Finding(HELLO_ABSENT, found[0].place if found else None)


def _written_at(case: Case, text: str) -> Place | None:
    """The line where a text stands in the file."""
    for node in case.code.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes)):
            value = node.value if isinstance(node.value, str) else node.value.decode("utf-8", "replace")
            if value.strip() and value.strip() == text.strip():
                return case.at(node.lineno)
    return None


def no_descriptor(case: Case) -> Iterator[Finding]:
    """Why the descriptor of the client was not asked for."""
    asked = case.run.of(FilenoAsked)
    if any(fact.socket == 0 for fact in asked):
        yield Finding(FILENO_TROP_TARD, place_of(asked[0]))
    elif asked:
        yield Finding(FILENO_AILLEURS, place_of(asked[0]))
    else:
        yield from uncalled("fileno", anywhere=True)(case)
        yield Finding(SANS_FILENO, case.verdict.place)


def not_over(case: Case) -> Iterator[Finding]:
    """Why the program does not end, or not well."""
    main = next(iter(waiting(case.run, case.program)), None)
    if case.run.has(Exited, case.program):
        calls = case.code.calls("exit", "_exit", "quit", "SystemExit")
        yield Finding(MAUVAIS_CODE, case.at(calls[0].lineno) if calls else None)
    elif main is None or not main.call:
        yield Finding(FIN_BOUCLE, endless(case, main) if main is not None else None)
    else:
        yield Finding(ACCEPT_EN_BOUCLE if main.call == ACCEPT else FIN_ATTEND, main.place)
