"""Where a hand-in goes: what a pupil types, what a club has written, where the project came from."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from grader.club.place import Kind, Place, default_place, place_of
from grader.errors import UsageError

from .pupils import git

URLS = (
    "https://forge.exemple.fr/club/rendus.git",
    "http://192.168.1.27/rendus",
    "git://192.168.1.27/rendus",
    "ssh://git@forge.exemple.fr/rendus",
    "git@forge.exemple.fr:club/rendus.git",
    "serveur:rendus",
    "htps://forge.exemple.fr/rendus",
    "file:///srv/rendus",
)


@pytest.mark.parametrize("url", URLS)
def test_an_address_is_for_git(url: str) -> None:
    assert place_of(f" {url}\n", ".") == Place(Kind.REPOSITORY, url)


def test_a_folder_is_told_from_a_repository(tmp_path: Path) -> None:
    git("init", "-q", "--bare", tmp_path / "club.git")
    git("init", "-q", tmp_path / "clone")
    (tmp_path / "clé usb").mkdir()
    kinds = {name: place_of(str(tmp_path / name), ".").kind for name in ("club.git", "clone", "clé usb", "clone/.git")}
    assert kinds == {
        "club.git": Kind.REPOSITORY, "clone": Kind.REPOSITORY, "clé usb": Kind.FOLDER, "clone/.git": Kind.REPOSITORY,
    }  # fmt: skip


def test_the_repository_around_the_work_is_no_clubs(tmp_path: Path) -> None:
    """`--vers .` means this folder: whoever works in a clone does not hand in to it."""
    git("init", "-q", tmp_path)
    (tmp_path / "skeleton").mkdir()
    assert place_of(str(tmp_path), str(tmp_path / "skeleton")) == Place(Kind.FOLDER, str(tmp_path))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("nulle-part", "n'existe pas ici"),
        ("", "n'existe pas ici"),
        ("E:\\rendus", "n'existe pas ici"),
        ("forge.exemple.fr/club/rendus.git", "Voulais-tu dire : https://forge.exemple.fr/club/rendus.git ?"),
        ("fichier.txt", "est un fichier"),
    ],
)
def test_what_is_not_there_is_one_sentence(
    given: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fichier.txt").touch()
    with pytest.raises(UsageError) as caught:
        place_of(given, ".")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_password_in_an_address_is_neither_shown_nor_remembered() -> None:
    place = place_of("https://zoe:secret@forge.exemple.fr/rendus.git", ".")
    assert place.name() == "https://forge.exemple.fr/rendus.git"
    assert "secret" not in place.key("zoe-b")
    assert place.key("zoe-b") != place.key("zoe-c")


def test_what_the_club_has_written_comes_before_where_the_project_came_from(tmp_path: Path) -> None:
    club, origin, project = (tmp_path / name for name in ("club.git", "origin.git", "project"))
    for bare in (club, origin):
        git("init", "-q", "--bare", bare)
    git("clone", "-q", origin, project)
    work = str(project / "skeleton")
    assert default_place(str(project), work, str(club)) == Place(Kind.REPOSITORY, str(club))
    assert default_place(str(project), work, "../club.git") == Place(Kind.REPOSITORY, str(club))
    assert default_place(str(project), work, "") == Place(Kind.REPOSITORY, str(origin))
    with pytest.raises(UsageError, match=r"club\.toml"):
        default_place(str(project), work, "pas-branchée")
    shutil.rmtree(origin)
    with pytest.raises(UsageError, match="git de ce projet"):
        default_place(str(project), work, "")


def test_a_repository_further_up_is_not_where_the_project_came_from(tmp_path: Path) -> None:
    git("init", "-q", tmp_path)
    git("remote", "add", "origin", "https://example.org/maison", folder=tmp_path)
    (tmp_path / "project").mkdir()
    assert default_place(str(tmp_path / "project"), ".", "").kind is Kind.NOWHERE


def test_a_project_that_was_unpacked_came_from_nowhere(tmp_path: Path) -> None:
    assert default_place(str(tmp_path), os.curdir, "") == Place(Kind.NOWHERE)
