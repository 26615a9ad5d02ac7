"""``club.toml`` as people write it: what is meant is understood, and what is not is told in one sentence."""

from __future__ import annotations

import time
from datetime import datetime, timezone
from pathlib import Path

import pytest

from grader.club.settings import FILE, Settings, read_settings, settings_text
from grader.errors import UsageError

WHEN = datetime(2026, 12, 5, 18, 0, 0)


def read(tmp_path: Path, data: bytes) -> Settings:
    (tmp_path / FILE).write_bytes(data)
    return read_settings(str(tmp_path))


def complaint(tmp_path: Path, data: bytes) -> str:
    with pytest.raises(UsageError) as caught:
        read(tmp_path, data)
    return str(caught.value)


def test_without_a_file_nothing_is_said(tmp_path: Path) -> None:
    assert read_settings(str(tmp_path)) == Settings("", None)


@pytest.mark.parametrize(
    "where", ["https://forge.exemple.fr/club/rendus.git", r"\\serveur\club", "D:\\rendus", 'a "b" \t é 🎄', "", "x\x7f"]
)
def test_what_is_written_is_read_again(tmp_path: Path, where: str) -> None:
    settings = read(tmp_path, settings_text(where, WHEN).encode())
    assert settings == Settings(where.strip(), WHEN.astimezone())
    assert read(tmp_path, settings_text(where).encode()) == Settings(where.strip(), None)


def test_the_time_is_that_of_the_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(time, "tzset"):
        pytest.skip("this system does not let a program change its zone")
    monkeypatch.setenv("TZ", "CET-1")
    time.tzset()
    try:
        settings = read(tmp_path, b"jusqu_au = 2026-12-05T18:00:00\n")
        assert settings.until is not None
        assert settings.until.astimezone(timezone.utc) == datetime(2026, 12, 5, 17, tzinfo=timezone.utc)
        assert not settings.is_late(settings.until.timestamp())
        assert settings.is_late(settings.until.timestamp() + 1)
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    "line",
    [
        "jusqu_au = 2026-12-05T18:00:00",
        "jusqu_au = 2026-12-05 18:00:00",
        'jusqu_au = "2026-12-05 18:00"',
        'jusqu_au = " 2026-12-05T18:00 "',
        "jusqu-au = 2026-12-05T18:00:00",
        "JUSQU_AU = 2026-12-05T18:00:00",
        '"jusqu\'au" = 2026-12-05T18:00:00',
        '\ufeffjusqu_au = 2026-12-05T18:00:00\r\nou = ""\r\nautre = [1, 2]',
    ],
)
def test_a_moment_may_be_written_in_many_ways(tmp_path: Path, line: str) -> None:
    assert read(tmp_path, line.encode()).until == WHEN.astimezone()


@pytest.mark.parametrize("line", ["jusqu_au = 2026-12-05", 'jusqu_au = "2026-12-05"'])
def test_a_day_is_meant_whole(tmp_path: Path, line: str) -> None:
    assert read(tmp_path, line.encode()).until == datetime(2026, 12, 5, 23, 59, 59).astimezone()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"ou = https://club.fr\n", "ligne 1"),
        (b'# un\n\nou = "a\nb"\n', "ligne 3"),
        ('où = "x"'.encode(), "ligne 1"),
        (b"ou = 3\n", "entre guillemets"),
        (b"jusqu_au = 18:00:00\n", "le jour et l'heure"),
        (b'jusqu_au = "demain soir"\n', "le jour et l'heure"),
        (b"jusqu_au = true\n", "le jour et l'heure"),
        (b"jusqu_au = 0001-01-01T00:00:00+10:00\n", "n'en est pas un"),
        ('ou = "é"'.encode("latin-1"), "UTF-8"),
        (b"\x00\xff", "UTF-8"),
        (b"[" * 50_000, "Je ne comprends pas"),
    ],
)
def test_what_is_not_understood_is_one_sentence(tmp_path: Path, data: bytes, says: str) -> None:
    said = complaint(tmp_path, data)
    assert says in said
    assert "\n" not in said
    assert FILE in said


def test_a_folder_of_that_name_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(UsageError, match=r"club\.toml"):
        read_settings(str(tmp_path))
