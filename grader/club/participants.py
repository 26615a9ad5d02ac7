"""Finds whose files are whose in what Moodle hands out: a zip, or a folder unpacked from it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from functools import partial

from .archives import Archive
from .contents import Contents, Entry
from .folders import entries_of, entry_of, is_folder, read_entry
from .moodle_names import MoodleName, moodle_name
from .pseudonym import safe
from .reading import Found, stem
from .tidy import pseudonyms

TYPED = "Aucun fichier : un texte tapé dans Moodle, que rien ne note ici."


@dataclass(frozen=True)
class Participant:
    """Who has handed in by Moodle.

    Attributes:
        words: of the real name.
        files: the names of the files that may be a .rendu.
        opened: see ``Found``.
    """

    words: tuple[str, ...]
    files: tuple[str, ...]
    opened: Callable[[], AbstractContextManager[Contents]]


def unpacked(pairs: list[tuple[MoodleName, os.DirEntry[str]]]) -> Participant:
    """What Moodle has unpacked for one participant."""
    files: list[str] = []
    for named, entry in pairs:
        try:
            files += sorted(os.listdir(entry.path)) if is_folder(entry) else [named.rest]
        except OSError:
            pass  # why it cannot be read is said when it is its turn
    return Participant(pairs[0][0].words, tuple(files), partial(_disk_files, pairs))


def from_moodle(participants: dict[str, Participant]) -> Iterator[Found]:
    """The hand-ins of Moodle's, by the participant's number."""
    names: dict[str, str] = {}
    for number in sorted(participants, key=lambda number: (int(number), number)):
        name = _chosen_name(number, participants[number])
        while name in names.values():  # two people with one file: the name alone would make one person of them
            name = f"{name}-{number}"
        names[number] = name
    given = pseudonyms(names.values())
    for number, name in names.items():
        pseudo, odd = given[name]
        one = participants[number]
        yield Found(pseudo, f"Moodle, n° {number}", one.opened, (odd,) if odd else (), number, one.words)


def _chosen_name(number: str, participant: Participant) -> str:
    """What a participant wants to be called: the name of the .rendu, unless that is the whole real name."""
    real = {safe(word) for word in participant.words} - {""}
    for file in participant.files:
        name = stem(file)
        is_real = len(real) > 1 and real <= set(safe(name).split("-"))
        if file.lower().endswith(".rendu") and safe(name) and not is_real:
            return name
    return f"eleve-{number}"


def by_participant(archive: Archive) -> dict[str, Participant]:
    """Whose files are in a zip of Moodle's; nobody's where it is none."""
    entries: dict[str, list[Entry]] = {}
    words: dict[str, tuple[str, ...]] = {}
    for entry in archive.entries:
        first, slash, rest = entry.path.partition("/")
        named = moodle_name(first)
        if named is None:
            continue
        own = entries.setdefault(named.participant, [])
        words[named.participant] = named.words
        if named.is_file:
            own.append(replace(entry, path=rest if slash else named.rest))
    return {
        number: Participant(
            words[number],
            tuple(entry.path.rpartition("/")[2] for entry in own),
            partial(_listed, Contents(own, archive.read, odd=() if own else (TYPED,))),
        )
        for number, own in entries.items()
    }


@contextmanager
def _listed(contents: Contents) -> Iterator[Contents]:
    """What is listed already."""
    yield contents


@contextmanager
def _disk_files(pairs: list[tuple[MoodleName, os.DirEntry[str]]]) -> Iterator[Contents]:
    """What Moodle has unpacked: a folder, or files whose names begin with whose they are."""
    found: list[Entry] = []
    for named, entry in pairs:
        if named.is_file:
            found += entries_of(entry.path) if is_folder(entry) else [entry_of(named.rest, entry)]
    typed = all(not named.is_file for named, _ in pairs)
    yield Contents(found, read_entry, odd=(TYPED,) if typed else ())
