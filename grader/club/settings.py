"""Reads and writes ``club.toml``, in which a club says where to hand in, and until when."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from ..errors import UsageError, reason
from ..missing import how_to_get
from .bounds import MAX_SETTINGS_BYTES

FILE = "club.toml"
"""Beside the README."""

END_OF_DAY = time(23, 59, 59)
"""What a day without an hour means: the whole of it."""

WHERE, UNTIL = "ou", "jusqu_au"

EXAMPLES = """\
# ChatPy, pour tout le club. Copie ce fichier à côté du README de chaque élève.
# Une ligne qui commence par # est un commentaire : elle ne change rien.

# Où rendre : l'adresse d'un dépôt git, ou un dossier (partage du réseau, clé USB).
#   ou = "https://forge.exemple.fr/club/rendus.git"
#   ou = '\\\\serveur\\club\\rendus'
# Sans cette ligne : là d'où le projet a été cloné ; sinon, l'élève porte son fichier .rendu lui-même.
{where}

# Jusqu'à quand, à l'heure du club. Un rendu qui arrive après est accepté, et marqué en retard.
#   jusqu_au = 2026-12-05T18:00:00
{until}
"""


@dataclass(frozen=True)
class Settings:
    """What a club has written.

    Attributes:
        where: where to hand in, a git URL or a folder; empty where nothing is said.
        until: until when, with its time zone; None where nothing is said.
    """

    where: str = ""
    until: datetime | None = None

    def is_late(self, when_s: float) -> bool:
        """Whether what came then, in seconds since 1970 (UTC), came after that."""
        return self.until is not None and when_s > self.until.timestamp()


def read_settings(project: str) -> Settings:
    """What ``club.toml`` says in a folder; nothing where there is none.

    Keys that we do not know are left alone, and so are capitals and hyphens in those that we do.

    Raises:
        UsageError: it cannot be read, or understood.
    """
    path = os.path.join(project, FILE)
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_SETTINGS_BYTES)
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise UsageError(f"Je ne peux pas lire {FILE} : {reason(error)}.") from error
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise UsageError(f"{FILE} n'est pas un texte en UTF-8 : enregistre-le de nouveau, dans ce codage.") from error
    found = {_plain(key): value for key, value in _parsed(text).items()}
    where = found.get(WHERE, "")
    if not isinstance(where, str):
        raise UsageError(f'Dans {FILE}, écris « {WHERE} » entre guillemets : {WHERE} = "https://…".')
    return Settings(where.strip(), _moment(found.get(UNTIL)))


def settings_text(where: str = "", until: datetime | None = None) -> str:
    """A ``club.toml`` that says so, explained line by line, in French.

    Args:
        where: see Settings.
        until: see Settings; a time without a zone is the club's own.
    """
    day = until.isoformat(timespec="seconds") if until is not None else "2026-12-05T18:00:00"
    return EXAMPLES.format(
        where=f"{WHERE} = {_quoted(where)}" if where else f'# {WHERE} = ""',
        until=f"{UNTIL} = {day}" if until is not None else f"# {UNTIL} = {day}",
    )


def _parsed(text: str) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        try:
            import tomli as tomllib
        except ModuleNotFoundError as error:
            raise UsageError(f"{FILE} ne se lit pas avec ce Python. {how_to_get('tomli')}") from error
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"line (\d+)", str(error))
        place = f", ligne {line[1]}" if line else ""
        raise UsageError(
            f'Je ne comprends pas {FILE}{place} : il y faut {WHERE} = "…" et {UNTIL} = 2026-12-05T18:00:00.'
        ) from error


def _plain(key: str) -> str:
    """A key as we know it: « Jusqu'au » and « jusqu-au » are ``jusqu_au``, « où » is ``ou``."""
    return re.sub(r"[^a-z]+", "_", key.strip().lower().replace("ù", "u"))


def _moment(value: object) -> datetime | None:
    """The moment that is meant, in whatever form it is written.

    Raises:
        UsageError: it is no moment.
    """
    if value is None or value == "":
        return None
    if isinstance(value, str):
        value = _read_moment(value.strip())
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, END_OF_DAY)
    if not isinstance(value, datetime):
        raise UsageError(f"Dans {FILE}, écris le jour et l'heure ainsi : {UNTIL} = 2026-12-05T18:00:00.")
    try:
        local = value.astimezone()
    except (OverflowError, OSError, ValueError) as error:  # year 1, which some systems cannot place
        raise UsageError(f"Dans {FILE}, le jour de « {UNTIL} » n'en est pas un : {value.date()}.") from error
    return value if value.tzinfo is not None else local


def _read_moment(text: str) -> date | None:
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            return read(text)
        except ValueError:
            pass  # it may be the other
    return None


def _quoted(text: str) -> str:
    """A text as TOML writes it."""
    signs = {'"': '\\"', "\\": "\\\\"}
    return '"' + "".join(signs.get(char, char) if char.isprintable() else f"\\U{ord(char):08x}" for char in text) + '"'
