"""What a submission of the test collections is: a change to the reference, and what it must score."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

REFERENCE = Path(__file__).parents[2] / "reference"
STYLES = Path(__file__).with_name("styles")
FILES = ("etape1.py", "serveur.py", "client.py")


@dataclass(frozen=True)
class Edit:
    """One replacement in one file of the reference.

    ``old`` must occur exactly once in the file; an empty ``old`` replaces the whole file.
    A file that the reference does not have is created (``old`` empty); ``new=None`` deletes the file.
    """

    file: str
    old: str
    new: str | None


@dataclass(frozen=True)
class Style:
    """A correct submission in a style of its own: all 20 points.

    Attributes:
        name: a folder of ``styles/``; the files that it lacks are the reference's.
        why: the fairness rule or habit that it stands for.
        no_bonus: the bonus checks that it does not earn; it must earn all the others.
    """

    name: str
    why: str
    no_bonus: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Shown:
    """How the report must explain a mistake.

    Attributes:
        check: the check that is named as the one to repair first.
        slug: the mistake that is named there, and nowhere another one but those of ``also``.
        file: where to look; empty where no file is to blame.
        line: the stripped text of the line to look at; empty where no line is.
        also: other mistakes that are as true, of checks that fall for reasons of their own.
    """

    check: str
    slug: str
    file: str = ""
    line: str = ""
    also: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Mistake:
    """The reference with one realistic mistake.

    Attributes:
        name: unique, a slug in simple English.
        why: what the beginner got wrong, one sentence.
        edits: the smallest change that makes the mistake.
        falls: every check that must not pass (failed or skipped), bonuses included; all others must pass.
        shown: how the report explains it; None where only the score matters.
    """

    name: str
    why: str
    edits: tuple[Edit, ...]
    falls: frozenset[str]
    shown: Shown | None = None


@dataclass(frozen=True)
class Broken:
    """A broken submission written without sight of the grader, to measure its explanations.

    Attributes:
        name: unique, a slug in simple English.
        cause: what the beginner got wrong, one sentence.
        check: the check that the cause belongs to.
        file: where to look.
        line: the stripped text of the line to look at; empty where no single line is to blame.
        edits: what makes it of the base.
        slugs: the mistakes of the catalogue that name this cause, judged by reading what they say.
        base: the style that it starts from; the reference if empty.
    """

    name: str
    cause: str
    check: str
    file: str
    line: str
    edits: tuple[Edit, ...]
    slugs: tuple[str, ...] = ()
    base: str = ""


def reference_files() -> dict[str, str]:
    """The three files of the reference."""
    return {name: (REFERENCE / name).read_text(encoding="utf-8") for name in FILES}


def style_files(style: Style) -> dict[str, str]:
    """The files of a style, completed with the reference's."""
    # Bytes, because reading text would change the CRLF that one of them is about.
    own = {path.name: path.read_bytes().decode("utf-8") for path in (STYLES / style.name).iterdir() if path.is_file()}
    return reference_files() | own


def broken_files(broken: Broken) -> dict[str, str]:
    """The files of a broken program.

    Raises:
        ValueError: an edit's ``old`` does not occur exactly once.
    """
    base = style_files(Style(broken.base, "")) if broken.base else reference_files()
    return _edited(broken.name, base, broken.edits)


def mistake_files(mistake: Mistake) -> dict[str, str]:
    """The files of a mistake.

    Raises:
        ValueError: an edit's ``old`` does not occur exactly once.
    """
    return _edited(mistake.name, reference_files(), mistake.edits)


def _edited(name: str, files: dict[str, str], edits: tuple[Edit, ...]) -> dict[str, str]:
    for edit in edits:
        if edit.new is None:
            del files[edit.file]
        elif not edit.old:
            files[edit.file] = edit.new
        else:
            count = files[edit.file].count(edit.old)
            if count != 1:
                raise ValueError(f"{name}: {edit.old!r} occurs {count} times in {edit.file}")
            files[edit.file] = files[edit.file].replace(edit.old, edit.new)
    return files


def write_files(files: dict[str, str], folder: Path) -> Path:
    """Write the files into ``folder`` and return it; line endings, and bytes that are no UTF-8, stay as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    return folder
