"""What to say to the room: how a club's hand-ins stand, what many of them get wrong, and who needs a visit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..diagnosis.mistakes import MISTAKES
from ..french import decimal, s
from ..report.model import SECTIONS, TODO, Section, section_of
from ..report.model import State as Stand
from .model import Check, Row, State

LOW = 5.0
"""Whoever has fewer points than this is better helped by somebody than by a page."""

NAMED_APART = {
    "args_sans_virgule": "args sans virgule",
    "syntaxe": "Python ne comprend pas une ligne",
    "nom_inconnu": "un nom que Python ne connaît pas",
    "attribut_inconnu": "ce qui suit un point n'existe pas",
    "type_impossible": "une valeur du mauvais type",
    "erreur_python": "le programme s'arrête sur une erreur",
    "nom_mal_ecrit": "un nom mal écrit",
    "attribut_mal_ecrit": "un nom mal écrit, après un point",
    "module_mal_ecrit": "le nom d'un module mal écrit",
    "deux_points_oublie": "deux points oubliés après def, if, while…",
    "erreur_socket": "le système refuse ce que la socket demande",
    "python2": "du Python 2",
    "fichier_utf16": "le fichier est enregistré en UTF-16",
    "pas_du_python": "le fichier n'est pas du Python",
    "fichier_pas_lu": "le fichier n'a pas pu être lu",
    "socket_pas_fichier": "sous Windows, une socket n'est pas un fichier",
    "rien_envoye": "rien n'arrive chez l'autre",
    "rien_affiche": "rien ne s'affiche",
    "accents_abimes": "les accents n'arrivent pas intacts",
}
"""What the catalogue's line says by what it is not (« toute autre erreur »), or longer than a room needs."""

PROGRAMS = SECTIONS[:3]
"""The sections that are one program each."""

NOT_BEGUN = "pas commencé"
NOT_THEIRS = "panne : ce n'est pas sa faute, à noter encore une fois"


@dataclass(frozen=True)
class Shared:
    """Something that students of the room have in common.

    Attributes:
        key: a mistake's slug, the id of a check, or the prefix of a section.
        label: what it is, in French, no sentence.
        lesson: the heading of the subject to read again; empty for none.
        who: the pseudonyms, in the order of the alphabet.
    """

    key: str
    label: str
    lesson: str
    who: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """« 7 élèves : args sans virgule, page « … » »."""
        page = f", page « {self.lesson} »" if self.lesson else ""
        return f"{students(len(self.who))} : {self.label}{page}"


@dataclass(frozen=True)
class Visit:
    """Somebody whom the instructor should go and see, and why: a few French words."""

    pseudo: str
    why: str


@dataclass(frozen=True)
class Room:
    """All that is said of the whole room; made by ``room_of``.

    Attributes:
        total: how many students there are.
        states: how many there are of each state; those of nobody are left out.
        late: how many came after the day.
        complete: how many have all 20 points.
        mistakes: those that students make, the most frequent first; what only follows from another is left out.
        checks: those that fail for a mistake of their own, the most frequent first.
        not_begun: the programs that were handed in without a start, in the order of the subject.
        visits: who needs one, in the order of the alphabet.
        mixed: French sentences where rows were not graded alike.
    """

    total: int
    states: dict[State, int]
    late: int
    complete: int
    mistakes: tuple[Shared, ...]
    checks: tuple[Shared, ...]
    not_begun: tuple[Shared, ...]
    visits: tuple[Visit, ...]
    mixed: tuple[str, ...]


def room_of(rows: Sequence[Row]) -> Room:
    """What there is to say of these rows, whatever their order."""
    rows = sorted(rows, key=lambda row: row.pseudo)
    found = Counter(row.state for row in rows)
    return Room(
        total=len(rows),
        states={state: found[state] for state in State if found[state]},
        late=sum(row.late for row in rows),
        complete=sum(is_complete(row) for row in rows),
        mistakes=_mistakes(rows),
        checks=_checks(rows),
        not_begun=_not_begun(rows),
        visits=tuple(filter(None, map(_visit, rows))),
        mixed=tuple(_mixed(rows)),
    )


def students(count: int) -> str:
    """« 1 élève », « 7 élèves »."""
    return f"{count} élève{s(count)}"


def is_complete(row: Row) -> bool:
    """Whether no point is missing; the bonuses are none."""
    counted = [check for check in row.checks if not check.is_bonus]
    return row.state is State.GRADED and bool(counted) and all(check.status == "passed" for check in counted)


def stands_of(row: Row) -> dict[str, Stand]:
    """How each check stands, as the student's own report says it: what follows from another mistake waits."""
    alike: dict[tuple[str | None, str], list[str]] = {}
    for check in row.checks:
        if check.status != "passed":
            alike.setdefault((check.diagnosis, check.file), []).append(check.id)
    return {check.id: _stand(check, alike.get((check.diagnosis, check.file), []), row.first) for check in row.checks}


def _stand(check: Check, alike: list[str], first: str) -> Stand:
    """Of one check; ``alike`` are those that do not pass for the same mistake in the same file."""
    if check.status == "passed":
        return Stand.PASSED
    if check.diagnosis == TODO:
        return Stand.TODO
    if check.diagnosis is None:
        return Stand.WAITING if check.status == "skipped" else Stand.FAILED
    if _home(check, alike, first) != check.id:
        return Stand.WAITING
    return Stand.EXTRA if check.is_bonus else Stand.FAILED


def _home(check: Check, alike: list[str], first: str) -> str:
    """The check where a mistake belongs: its own, of this program or another, else the first to repair."""
    own = MISTAKES[check.diagnosis].check if check.diagnosis in MISTAKES else ""
    if own:
        mine = f"{check.id.partition('.')[0]}.{own}"
        others = [one for one in alike if one.endswith(f".{own}")]
        if others:
            return mine if mine in others else others[0]
    return first if first in alike else alike[0]


def mistakes_of(row: Row) -> tuple[str, ...]:
    """The slugs of the mistakes that a student is to repair, each once, in the order of the rubric."""
    if row.state is not State.GRADED:
        return ()  # a blank hand-in is one thing, not nineteen
    stands = stands_of(row)
    return tuple(
        dict.fromkeys(check.diagnosis for check in row.checks if check.diagnosis and stands[check.id] is Stand.FAILED)
    )


@lru_cache(maxsize=512)
def label_of(slug: str) -> str:
    """What a mistake is called in a few French words; an unknown one, of another version, by its slug."""
    if slug in NAMED_APART:
        return NAMED_APART[slug]
    return MISTAKES[slug].when if slug in MISTAKES else slug.replace("_", " ")


def _mistakes(rows: Sequence[Row]) -> tuple[Shared, ...]:
    who: dict[str, list[str]] = {}
    for row in rows:
        for slug in mistakes_of(row):
            who.setdefault(slug, []).append(row.pseudo)
    found = [Shared(slug, label_of(slug), _lesson(slug), tuple(names)) for slug, names in who.items()]
    return tuple(sorted(found, key=lambda one: (-len(one.who), one.label)))


def _lesson(slug: str) -> str:
    return MISTAKES[slug].lesson if slug in MISTAKES else ""


def _checks(rows: Sequence[Row]) -> tuple[Shared, ...]:
    who: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for row in rows:
        stands = stands_of(row) if row.state is State.GRADED else {}
        for check in row.checks:
            titles[check.id] = named(check)
            who.setdefault(check.id, [])  # every check, so that equally many come in the order of the rubric
            if stands.get(check.id) is Stand.FAILED:
                who[check.id].append(row.pseudo)
    found = [Shared(one, titles[one], "", tuple(names)) for one, names in who.items() if names]
    return tuple(sorted(found, key=lambda one: -len(one.who)))


def _not_begun(rows: Sequence[Row]) -> tuple[Shared, ...]:
    found = []
    for section in PROGRAMS:
        who = tuple(row.pseudo for row in rows if row.state is State.GRADED and _is_untouched(row, section))
        if who:
            found.append(Shared(section.prefix, section.short, "", who))
    return tuple(found)


def _is_untouched(row: Row, section: Section) -> bool:
    """Whether a program is still the skeleton's."""
    checks = [check for check in row.checks if check.id.startswith(section.prefix)]
    return any(check.diagnosis == TODO for check in checks) and all(check.status != "passed" for check in checks)


def _visit(row: Row) -> Visit | None:
    """Why somebody needs one, all of it in one line."""
    why = ""
    if row.state is State.BLANK:
        why = NOT_BEGUN
    elif row.state is State.UNREADABLE:
        why = f"illisible : {row.why}" if row.why else "illisible"
    elif row.state is State.FAILED:
        why = f"{NOT_THEIRS} ({row.why})" if row.why else NOT_THEIRS
    elif row.score is not None and row.score < LOW:
        why = f"{decimal(row.score)} / 20"
    suspect = f"à regarder : {' '.join(row.suspect)}" if row.suspect else ""
    both = " ; ".join(filter(None, (why, suspect)))
    return Visit(row.pseudo, both) if both else None


def _mixed(rows: Sequence[Row]) -> Iterable[str]:
    """What is not alike among the graded rows: their scores cannot be compared without a thought."""
    graded = [row for row in rows if row.state is State.GRADED]
    for what, values in (
        ("par plusieurs versions du correcteur", Counter(row.version for row in graded if row.version)),
        ("sous plusieurs isolations", Counter(row.isolation for row in graded if row.isolation)),
    ):
        if len(values) > 1:
            counts = ", ".join(f"{value} : {students(number)}" for value, number in sorted(values.items()))
            yield f"Ces rendus ont été notés {what} ({counts})."


def named(check: Check) -> str:
    """A check's title that cannot be taken for another program's: « La fin (client.py) »."""
    section = section_of(check.id)
    return f"{check.title} ({section.short})" if section is not None else check.title
