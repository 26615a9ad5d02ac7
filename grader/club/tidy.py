"""Decides which files of a submission are taken, from the list of what is there, and says in French what is odd.

The same rules hold for folders, archives and repositories; nothing is read or written here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from ..escape import shown
from ..french import fold, megabytes
from ..limits import MAX_DEPTH, MAX_PATH_BYTES, Limits
from ..remarks import ARCHIVES
from ..submission import PROGRAM_FILES, PROGRAMS
from ..tree import VENV_MARK, is_skipped, rank
from ..twins import is_begun, program_of
from .bounds import EARLIEST_S, LATEST_S, MAX_NAMES, MAX_SHOWN
from .contents import Entry, Kind
from .model import NOTHING_THERE, STILL_BLANK
from .pseudonym import LONGEST, RESERVED, safe

BUNDLED = (".rendu", ".zip", ".bundle")
"""How the files that may hold a submission are called; what they are, their content tells."""

FOREIGN = frozenset({"__macosx"})
LITTER = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
"""Folders and files that a system adds: nobody's work, and nothing to tell."""


@dataclass
class Left:
    """What was left out, by the reason, in the order of the list."""

    names: dict[Kind, list[str]] = field(default_factory=dict)

    def add(self, kind: Kind, path: str) -> None:
        """One more."""
        self.names.setdefault(kind, []).append(path)


@dataclass(frozen=True)
class Plan:
    """What is to be read of a submission.

    Attributes:
        chosen: by the path inside the submission, in the order of reading.
        left: what is left out.
        odd: French sentences on what was put right.
        archive: what the submission is in, where there is no program beside it.
    """

    chosen: dict[str, Entry]
    left: Left
    odd: tuple[str, ...] = ()
    archive: Entry | None = None


def plan(entries: Iterable[Entry], limits: Limits) -> Plan:
    """Choose the files of a submission."""
    left = Left()
    usable = _first_of_each(_usable(entries, left), left)
    inside, odd = _holder(usable)
    if inside:
        usable = {path[len(inside) :]: entry for path, entry in usable.items() if path.startswith(inside)}
    has_program = any(is_program(path) for path in usable)
    archive = None if has_program else _archive(usable)
    chosen: dict[str, Entry] = {}
    for path in sorted(usable, key=lambda path: _order(path, usable[path].size)):
        if len(chosen) < limits.copy_files:
            chosen[path] = usable[path]
        else:
            left.add(Kind.MANY, path)
    return Plan(chosen, left, odd, archive)


def _order(path: str, size: int) -> tuple[object, ...]:
    """In which order files are read: what is nearer to the top first, there as the grader does."""
    return path.count("/"), rank(path.rpartition("/")[2], size), path


def is_program(path: str) -> bool:
    """Whether it is one of the three, at the top."""
    return path.lower() in PROGRAM_FILES


def looks_packed(name: str) -> bool:
    """Whether a file's name says that there may be a submission in it."""
    return name.lower().endswith((*BUNDLED, *ARCHIVES))


def _usable(entries: Iterable[Entry], left: Left) -> Iterator[Entry]:
    """The files that are the submission's own, under names that every system takes."""
    listed = list(entries)
    if len(listed) > MAX_NAMES:
        listed = sorted(listed, key=lambda entry: entry.path.count("/"))[:MAX_NAMES]
        left.add(Kind.MANY, "…")
    environments = {entry.path[: -len(VENV_MARK)] for entry in listed if entry.path.endswith("/" + VENV_MARK)}
    for entry in listed:
        *folders, name = entry.path.rstrip("/").split("/")
        if not {"", ".", ".."}.isdisjoint((*folders, name)):
            left.add(Kind.OUTSIDE, entry.path)
        elif entry.kind is Kind.GIT or ".git" in (part.lower() for part in (*folders, name)):
            left.add(Kind.GIT, ".git")
        elif _is_litter(folders, name) or not environments.isdisjoint(_around(entry.path)):
            continue
        elif len(folders) > MAX_DEPTH:
            left.add(Kind.DEEP, entry.path)
        elif not is_portable(entry.path):
            left.add(Kind.OUTSIDE, entry.path)
        elif entry.kind is not Kind.FILE:
            left.add(entry.kind, entry.path)
        else:
            yield replace(entry, path=unicodedata.normalize("NFC", entry.path))


def _is_litter(folders: list[str], name: str) -> bool:
    """Whether it is nobody's work, but what an editor, a system or Python puts there."""
    return (
        any(is_skipped(folder) or folder.lower() in FOREIGN for folder in folders)
        or name.lower() in LITTER
        or name.startswith("._")  # the other half of a file on a Mac
    )


def _around(path: str) -> list[str]:
    """The folders that a path leads through, each with its slash."""
    return [path[: at + 1] for at, sign in enumerate(path[:MAX_PATH_BYTES]) if sign == "/"]


def is_portable(path: str) -> bool:
    """Whether a path stays inside its folder and can be written on every system that the grader knows."""
    if "\0" in path or len(path.encode("utf-8", "surrogatepass")) > MAX_PATH_BYTES:
        return False
    return all(_is_portable_name(part) for part in path.split("/"))


def _is_portable_name(name: str) -> bool:
    """See « Naming Files, Paths, and Namespaces » of Microsoft's; Linux's limit of 255 bytes holds for all."""
    if not name or name.endswith((".", " ")) or re.search(r'[\x00-\x1f\x7f<>:"\\|?*\ud800-\udfff]', name):
        return False
    return name.partition(".")[0].rstrip().lower() not in RESERVED and len(name.encode()) <= 255


def _first_of_each(entries: Iterable[Entry], left: Left) -> dict[str, Entry]:
    """The entries by their path, without those that would be written where another one is."""
    by_path: dict[str, Entry] = {}
    for entry in entries:
        if entry.path in by_path:
            left.add(Kind.TWICE, entry.path)
        else:
            by_path[entry.path] = entry
    files: set[str] = set()
    folders: set[str] = set()
    kept: dict[str, Entry] = {}
    # The exact name of a program first, as the grader itself chooses.
    for path in sorted(by_path, key=lambda path: (path.rpartition("/")[2] not in PROGRAM_FILES, path)):
        place = _place(path)
        around = _around(place)
        if place in files or place in folders or not files.isdisjoint(around):
            left.add(Kind.TWICE, path)
            continue
        files.add(place)
        folders.update(around)
        kept[path] = by_path[path]
    return kept


def _place(path: str) -> str:
    """What is equal for two paths that are one where capitals make no difference; a file is where a folder would be."""
    return unicodedata.normalize("NFC", path.casefold()) + "/"


def _holder(usable: dict[str, Entry]) -> tuple[str, tuple[str, ...]]:
    """The one folder that all programs are in, with a slash, where none is at the top; and what to say."""
    if any(is_program(path) for path in usable):
        return "", ()
    holders = sorted({path.rpartition("/")[0] for path in usable if is_program(path.rpartition("/")[2])})
    if not holders:
        return "", ()
    if len(holders) > 1:
        names = " et ".join(f"« {shown(name)}/ »" for name in holders[:2])
        return "", (f"Des programmes dans plusieurs dossiers ({names}) : aucun n'est pris.",)
    depth = "un dossier plus bas" if "/" not in holders[0] else f"{holders[0].count('/') + 1} dossiers plus bas"
    return holders[0] + "/", (f"Rangé {depth} (« {shown(holders[0])}/ ») : pris là.",)


def _archive(usable: dict[str, Entry]) -> Entry | None:
    """The file that the submission is in: a .rendu first, then what is nearest to the top, then the newest."""
    packed = [path for path in usable if path.lower().endswith(BUNDLED)]
    best = min(
        packed,
        key=lambda path: (not path.lower().endswith(".rendu"), path.count("/"), -(usable[path].when_s or 0), path),
        default=None,
    )
    return None if best is None else usable[best]


def odd_sentences(left: Left, files: dict[str, bytes], limits: Limits, *, is_read: bool) -> tuple[str, ...]:
    """What was left out, and what is odd about the programs where they could be read: in a few sentences."""
    return (*_about_left(left, limits), *(_about_programs(files) if is_read else ()))


def _about_left(left: Left, limits: Limits) -> Iterator[str]:
    for kind, paths in left.names.items():
        names = list(dict.fromkeys(paths))
        some = ", ".join(f"« {shown(name)} »" for name in names[:MAX_SHOWN])
        more = f" et {len(names) - MAX_SHOWN} de plus" if len(names) > MAX_SHOWN else ""
        why = kind.value
        if kind is Kind.LARGE:
            why = f"trop gros, {megabytes(limits.copy_bytes)} Mo en tout sont pris au plus"
        elif kind is Kind.MANY:
            yield f"Trop de fichiers : {limits.copy_files} sont pris au plus, le reste est laissé de côté."
            continue
        yield f"{some}{more} : laissé de côté ({why})."


def _about_programs(files: dict[str, bytes]) -> Iterator[str]:
    top = [path for path in files if "/" not in path]
    there = {path.lower().removesuffix(".py"): path for path in top if is_program(path)}
    missing = [program for program in PROGRAMS if program not in there]
    for program in missing:
        alike = sorted(path for path in top if program_of(path) == program and path not in there.values())
        if alike:
            yield f"« {shown(alike[0])} » : mal nommé, à renommer {program}.py."
    if len(missing) == len(PROGRAMS):
        yield NOTHING_THERE
    elif not any(is_begun(files[path]) for path in there.values()):
        yield STILL_BLANK


def about_time(when_s: int | None, now_s: float) -> tuple[str, ...]:
    """What is odd about the moment."""
    if when_s is None or EARLIEST_S <= when_s <= now_s + LATEST_S:
        return ()
    where = "l'avenir" if when_s > now_s else "un passé lointain"
    return (f"Daté dans {where} : l'horloge de l'ordinateur était mal réglée.",)


def pseudonyms(names: Iterable[str]) -> dict[str, tuple[str, str]]:
    """A pseudonym for each different name of a source, and what to say of it; empty where nothing is odd.

    A name that is a pseudonym already keeps it, whatever the others are; the order of the names changes nothing.
    """
    given: dict[str, tuple[str, str]] = {}
    taken: set[str] = set()
    for name in sorted(set(names), key=lambda name: (safe(name) != name, name)):
        wanted = safe(name)
        pseudo = _free(wanted or "sans-nom", taken)
        taken.add(pseudo)
        odd = ""
        if not wanted:
            odd = f"« {shown(name)} » n'est pas un pseudonyme : appelé {pseudo} ici."
        elif pseudo != wanted:
            odd = f"« {shown(name)} » donne le même pseudonyme qu'un autre : appelé {pseudo} ici."
        given[name] = (pseudo, odd)
    return given


def _free(wanted: str, taken: set[str]) -> str:
    number, pseudo = 1, wanted
    while pseudo in taken:
        number += 1
        pseudo = f"{wanted[: LONGEST - len(str(number)) - 1].rstrip('-')}-{number}"
    return pseudo


def without(words: tuple[str, ...]) -> Callable[[str], str]:
    """Takes the quoted names out of a sentence that contain one of the words: a real name must be written nowhere."""
    hidden = tuple(word for word in (safe(word) for word in words) if len(word) > 1)

    def cleaned(sentence: str) -> str:
        return re.sub("« [^»]* »", lambda quote: "« … »" if _holds(quote.group(), hidden) else quote.group(), sentence)

    return cleaned


def _holds(text: str, words: tuple[str, ...]) -> bool:
    letters = fold(text)
    return any(word in letters for word in words)
