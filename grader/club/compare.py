"""Tells what changes where a club is judged again: whose score, which check, which explanation."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ..french import decimal, s, some
from .model import Check, Row

MOST_WORDS = 200
"""Characters of why a check is judged otherwise: the whole is on the student's page."""

MOST_SHARED = 5
"""Changes that are told of the whole room."""

MOST_NAMES = 8
"""Pseudonyms behind one of them."""

BECOMES = {"passed": "réussit maintenant", "failed": "échoue maintenant", "skipped": "ne peut plus être essayé"}
"""How a check's new status is told."""


@dataclass(frozen=True)
class Change:
    """What changes for one student; ``sentences`` are French, without their ends.

    Attributes:
        before: as it is kept.
        after: as the installed grader has it.
        sentences: what is judged or explained otherwise, and why.
        shared: the same without what is this student's alone, to be counted over the room.
        reworded: how many checks have the same verdict and mistake in other words.
    """

    before: Row
    after: Row
    sentences: tuple[str, ...]
    shared: tuple[str, ...]
    reworded: int

    @property
    def is_any(self) -> bool:
        """Whether anything changes, be it words."""
        return bool(self.sentences) or self.reworded > 0

    @property
    def gain(self) -> float:
        """Points more, of the 20; negative for fewer."""
        return (self.after.score or 0.0) - (self.before.score or 0.0)


# ------------------------------------------------------------------------------ what changes: pure


def change_of(before: Row, after: Row) -> Change:
    """What changes from one row to the other."""
    sentences, shared, reworded = [], [], 0
    if before.state is not after.state:
        sentences.append(f"« {before.state.value} » devient « {after.state.value} »")
    if before.bonus != after.bonus:
        sentences.append(f"bonus {decimal(before.bonus or 0.0)} → {decimal(after.bonus or 0.0)}")
    for check in after.checks:
        old = before.check(check.id)
        told = _of_check(old, check)
        if told:
            shared.append(told)
            why = _why(old, check) if old is None or old.status != check.status else ""
            sentences.append(f"{told}{why}")
        elif old is not None and (old.message, old.hint) != (check.message, check.hint):
            reworded += 1
    gone = [check.id for check in before.checks if after.check(check.id) is None]
    sentences += [f"{check} n'est plus jugé" for check in gone]
    if before.first != after.first:
        sentences.append(f"à réparer d'abord : {before.first or 'rien'} → {after.first or 'rien'}")
    sentences += [f"plus signalé : {shortened(one)}" for one in before.suspect if one not in after.suspect]
    sentences += [f"signalé : {shortened(one)}" for one in after.suspect if one not in before.suspect]
    return Change(before, after, tuple(sentences), tuple(shared), reworded)


def _of_check(old: Check | None, new: Check) -> str:
    """What is judged or explained otherwise in a check; empty where nothing is."""
    if old is None:
        return f"{new.id} est nouveau et {BECOMES[new.status].removesuffix(' maintenant')}"
    if old.status != new.status:
        return f"{new.id} {BECOMES[new.status]}"
    if old.points != new.points:
        return f"{new.id} vaut {decimal(new.points)} au lieu de {decimal(old.points)}"
    if old.diagnosis != new.diagnosis:
        return f"{new.id} : l'explication change ({_named(old)} → {_named(new)})"
    if (old.file, old.line) != (new.file, new.line):
        return f"{new.id} : la ligne montrée change ({_place(old)} → {_place(new)})"
    return ""


def _named(check: Check) -> str:
    return check.diagnosis or "aucune"


def _place(check: Check) -> str:
    return f"{check.file}:{check.line}" if check.file else "aucune"


def _why(old: Check | None, new: Check) -> str:
    """What was seen, in brackets: now, or before where the check passes now."""
    if new.status != "passed":
        return f" ({shortened(new.message)})"
    return f" (avant : {shortened(old.message)})" if old is not None else ""


def shortened(text: str) -> str:
    """A sentence without its end, in one line that is not too long."""
    text = " ".join(text.split()).rstrip(".")
    return text if len(text) <= MOST_WORDS else f"{text[: MOST_WORDS - 1]}…"


def told(changes: Sequence[Change], not_judged: Sequence[tuple[str, str]]) -> list[str]:
    """What changes for a club, in French: the numbers, the room, each student, and whom nobody could judge again.

    Args:
        changes: of all that were judged, those without any change too.
        not_judged: the pseudonyms of the others, and why, a sentence without its end.
    """
    moved = [change for change in changes if change.sentences]
    lines = [_summary(changes, not_judged)]
    lines += _of_room(moved)
    if moved:
        lines.append("Pour chacun :")
        lines += [f"  {_of_student(change)}" for change in moved]
    reworded = [change.before.pseudo for change in changes if change.reworded and not change.sentences]
    if reworded:
        lines.append(f"Mêmes notes, mêmes causes, en d'autres mots : {some(reworded, MOST_NAMES)}.")
    if not_judged:
        lines.append("Pas jugés de nouveau :")
        lines += [f"  {pseudo} : {why}." for pseudo, why in not_judged]
    return lines


def _summary(changes: Sequence[Change], not_judged: Sequence[tuple[str, str]]) -> str:
    same = sum(not change.is_any for change in changes)
    parts = [f"{same} inchangé{s(same)}"]
    for count, words in (
        (sum(change.gain > 0 for change in changes), "{} note{s} qui monte{nt}"),
        (sum(change.gain < 0 for change in changes), "{} note{s} qui baisse{nt}"),
        (sum(change.gain == 0 and bool(change.sentences) for change in changes), "{} à note égale"),
        (sum(not change.sentences and change.reworded > 0 for change in changes), "{} où seuls des mots changent"),
        (len(not_judged), "{} pas jugé{s}"),
    ):
        if count:
            parts.append(words.format(count, s=s(count), nt="nt" * (count > 1)))
    total = len(changes) + len(not_judged)
    return f"{total} rendu{s(total)} : {', '.join(parts)}."


def _of_room(moved: Sequence[Change]) -> list[str]:
    """What changes for several students alike, the most frequent first."""
    who = defaultdict(list)
    for change in moved:
        for one in change.shared:
            who[one].append(change.before.pseudo)
    often = [one for one, number in Counter({one: len(names) for one, names in who.items()}).most_common(MOST_SHARED)
             if number > 1]  # fmt: skip
    if not often:
        return []
    return [
        "Ce qui change le plus :",
        *(f"  {one} : {len(who[one])} élèves ({some(who[one], MOST_NAMES)})." for one in often),
    ]


def _of_student(change: Change) -> str:
    before, after = change.before.score or 0.0, change.after.score or 0.0
    score = f"{decimal(before)} → {decimal(after)}" if before != after else f"{decimal(after)}"
    return f"{change.before.pseudo} : {' ; '.join((score, *change.sentences))}."


# ---------------------------------------------------------------------- judging: in processes beside each other
