"""The rubric: the 19 lines of the barème as a table, and the one function that applies it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from ..transcript.questions import out_of_sight
from ..transcript.record import Transcript
from . import addresses, chat, duo, etape1
from .verdict import Status, Verdict, skipped, unseen


@dataclass(frozen=True)
class Row:
    """One line of the barème.

    Attributes:
        id: stable, as in the contract.
        points: what it earns.
        title: what it is about, in French.
        expected: what must be seen, one French sentence.
        part: ``etape1`` or ``chat``.
        program: the program that is to blame when it fails.
        check: decides.
    """

    id: str
    points: float
    title: str
    expected: str
    part: str
    program: str
    check: Callable[[Transcript], Verdict]

    @property
    def is_bonus(self) -> bool:
        """Whether it is shown beside the 20 points."""
        return self.id.startswith("bonus.")


def _chat_rows(program: str, other: str, address: Row) -> tuple[Row, ...]:
    """The five lines of one chat program."""
    rows = (
        ("send", 1.5, "Send envoie", f"Chaque ligne tapée part vers le {other}, sans attendre qu'il parle", chat.check_send),
        ("reception", 1.5, "Réception affiche", f"Chaque message du {other} s'affiche en texte, sans rien taper", chat.check_reception),
        ("threads", 1.0, "Deux threads", "Les threads envoi (Send) et recep (Réception) tournent en même temps", chat.check_threads),
        ("join", 1.0, "La fin", "Les deux threads sont attendus avec .join(), puis le programme s'arrête seul", chat.check_join),
    )
    return (
        address,
        *(
            Row(f"{program}.{name}", points, title, expected, "chat", program, partial(check, program=program))
            for name, points, title, expected, check in rows
        ),
    )


RUBRIC: tuple[Row, ...] = (
    Row("etape1.ecoute", 1.5, "Le serveur écoute", "Une socket TCP écoute sur localhost, port 4242, et accepte", "etape1", "etape1", etape1.check_ecoute),
    Row("etape1.hello", 2.0, "La réponse", "Le client reçoit exactement « Hello World! »", "etape1", "etape1", etape1.check_hello),
    Row("etape1.fileno", 0.5, "Le descripteur", "Le descripteur du client est demandé avec .fileno()", "etape1", "etape1", etape1.check_fileno),
    Row("etape1.fin", 1.0, "La fin", "Après une seule requête, le programme s'arrête seul et sans erreur", "etape1", "etape1", etape1.check_fin),
    *_chat_rows("serveur", "client", Row("serveur.adresse", 1.0, "L'adresse", "Une socket TCP écoute sur une adresse de ta machine, port 1024 à 65535", "chat", "serveur", addresses.check_server_address)),
    *_chat_rows("client", "serveur", Row("client.adresse", 1.0, "L'adresse", "Le client appelle l'adresse et le port où serveur.py écoute", "chat", "client", addresses.check_client_address)),
    Row("duo.dialogue", 2.0, "Le dialogue", "serveur.py et client.py se parlent dans les deux sens", "chat", "", duo.check_dialogue),
    Row("duo.accents", 1.0, "Les accents", "Accents et emoji arrivent intacts dans les deux sens", "chat", "", duo.check_accents),
    Row("bonus.long", 0.5, "Message très long", "Un message de 10 000 caractères s'affiche en entier", "chat", "", duo.check_long),
    Row("bonus.relance", 0.5, "Relancer aussitôt", "serveur.py peut redémarrer tout de suite (SO_REUSEADDR)", "chat", "serveur", duo.check_again),
    Row("bonus.propre", 0.5, "Sans erreur affichée", "À la fin d'une conversation, aucun programme n'affiche d'erreur", "chat", "", duo.check_clean),
)

MAX_POINTS = sum(row.points for row in RUBRIC if not row.is_bonus)
NOT_ASKED = "Cette étape n'a pas été demandée."

UNTOLD = frozenset({
    "sans_socket", "sans_bind", "sans_listen", "sans_accept", "sans_connect", "sans_fileno", "sans_thread",
    "un_seul_thread", "noms_threads", "pas_ensemble", "thread_abandonne", "sans_join", "sans_reuse",
})  # fmt: skip
"""Causes which say that the probe has not told something: they say nothing where it could not."""


def apply(transcript: Transcript) -> dict[str, Verdict]:
    """The verdict of every line, in the order of the rubric."""
    return {row.id: _judge(row, transcript) if row.part in transcript.asked else skipped("", NOT_ASKED) for row in RUBRIC}


def _judge(row: Row, transcript: Transcript) -> Verdict:
    verdict = row.check(transcript)
    if verdict.cause not in UNTOLD:
        return verdict
    hidden = (out_of_sight(run, row.program) for run in transcript.runs.values())
    return next((unseen(one) for one in hidden if one is not None), verdict)


def score(verdicts: dict[str, Verdict], *, bonus: bool) -> float:
    """The points of the passed lines: the bonuses, or all others."""
    return sum(row.points for row in RUBRIC if row.is_bonus == bonus and verdicts[row.id].status is Status.PASSED)
