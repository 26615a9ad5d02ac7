"""Every kind of source gives the same hand-ins: who, which files, when, and before."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from grader.club import fetching
from grader.club.git import Caps
from grader.club.hand_in import zipped
from grader.club.model import HandIn
from grader.club.objects import CAPS
from grader.club.scratch import Scratch
from grader.club.sources import collect
from grader.errors import ExitStatus, UsageError
from grader.limits import DEFAULT

from .git_servers import git_daemon, git_http
from .hostile_sources import MOODLE, bundle_of_the_rest, bundle_with_an_endless_head, cut_bundle, fill, of, zip_of
from .raw_git import PROGRAMS, WHEN_S, RawObjects
from .test_sources import Memory
from .test_sources import scratch as scratch

pytestmark = pytest.mark.usefixtures("scratch")

ONE_LEVEL = {f"skeleton/{name}": data for name, data in PROGRAMS.items()}


def by_pseudo(source: str | Path) -> dict[str, HandIn]:
    return {one.pseudo: one for one in collect(str(source), DEFAULT)}


def club(here: Path, *names: str) -> str:
    """A repository with a branch for each, the second version of which is the same."""
    raw = RawObjects()
    for number, name in enumerate(names):
        first = raw.commit(raw.tree([]), when=f"{WHEN_S - 600} +0200")
        raw.branch(name, raw.commit(raw.tree(raw.files()), first, when=f"{WHEN_S + number} +0200"))
    return raw.write(here / "club.git")


def as_folders(here: Path) -> str:
    fill(here / "club" / "zoe")
    fill(here / "club" / "max")
    return str(here / "club")


def as_one_folder_deeper(here: Path) -> str:
    fill(here / "club" / "zoe", ONE_LEVEL)
    fill(here / "club" / "max", ONE_LEVEL)
    return str(here / "club")


def as_files(here: Path) -> str:
    """A bundle, and a zip that is called as one."""
    (here / "club").mkdir()
    raw = RawObjects()
    raw.branch("zoe")
    raw.bundle(here / "club" / "zoe.rendu")
    zip_of(PROGRAMS, here / "club" / "max.rendu")
    (here / "club" / "notes.csv").write_text("a;b")
    (here / "club" / "eleves.xlsx").write_bytes(zip_of({"x": b""}))
    return str(here / "club")


def as_folders_and_files(here: Path) -> str:
    fill(here / "club" / "zoe")
    zip_of(PROGRAMS, here / "club" / "max.zip")
    return str(here / "club")


def as_folders_in_rendus(here: Path) -> str:
    fill(here / "club" / "rendus" / "zoe")
    fill(here / "club" / "rendus" / "max")
    (here / "club" / "README.md").touch()
    return str(here / "club")


def as_branches(here: Path) -> str:
    return club(here, "zoe", "max")


def as_clone(here: Path) -> str:
    source = club(here, "zoe", "max")
    subprocess.run(["git", "clone", "-q", source, str(here / "clone")], check=True, capture_output=True)
    return str(here / "clone")


def as_url(here: Path) -> str:
    return Path(club(here, "zoe", "max")).as_uri()


def as_folders_on_main(here: Path) -> str:
    raw = RawObjects()
    good = raw.tree(raw.files())
    folder = raw.tree([("40000", "max", good), ("40000", "zoe", good)])
    raw.references["refs/heads/main"] = raw.commit(raw.tree([("40000", "rendus", folder)]))
    return raw.write(here / "club.git")


def as_folders_on_master(here: Path) -> str:
    source = as_folders_on_main(here)
    packed = here / "club.git" / "packed-refs"
    packed.write_bytes(packed.read_bytes().replace(b"heads/main", b"heads/master"))
    return source


def as_one_bundle(here: Path) -> str:
    raw = RawObjects()
    raw.branch("zoe")
    raw.branch("max")
    return raw.bundle(here / "tous.bundle")


def as_sha256(here: Path) -> str:
    there = here / "sha256"
    subprocess.run(["git", "init", "-q", "--object-format=sha256", str(there)], check=True)
    for name, data in PROGRAMS.items():
        (there / name).write_bytes(data)
    identity = ["-c", "user.name=x", "-c", "user.email=x"]
    subprocess.run(["git", "-C", str(there), "add", "."], check=True)
    subprocess.run(["git", "-C", str(there), *identity, "commit", "-qm", "x"], check=True)
    for name in ("zoe", "max"):
        subprocess.run(["git", "-C", str(there), "branch", f"rendu/{name}"], check=True)
    return str(there)


KINDS = [as_folders, as_one_folder_deeper, as_files, as_folders_and_files, as_folders_in_rendus, as_branches, as_clone,
         as_url, as_folders_on_main, as_folders_on_master, as_one_bundle, as_sha256]  # fmt: skip


@pytest.mark.parametrize("make", KINDS, ids=lambda make: make.__name__)
def test_every_kind_of_source_gives_the_same_hand_ins(
    make: Callable[[Path], str], tmp_path: Path, scratch: Path
) -> None:
    found = by_pseudo(make(tmp_path))
    assert found.keys() == {"max", "zoe"}
    for one in found.values():
        assert one.files == PROGRAMS
        assert not one.unreadable
        assert one.when_s is not None
        assert bool(one.odd) == (make is as_one_folder_deeper)
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("make", [as_branches, as_files, as_folders_on_main])
def test_an_older_git_gives_the_same(
    make: Callable[[Path], str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    source = make(tmp_path)
    found = by_pseudo(source)
    monkeypatch.setattr("grader.club.objects.answers_both", lambda: False)
    assert by_pseudo(source) == found


@pytest.mark.parametrize("serve", [git_daemon, git_http])
def test_a_server_gives_what_the_folder_gives(
    serve: Callable[[Path], AbstractContextManager[str]], tmp_path: Path
) -> None:
    club(tmp_path, "zoe", "max")
    with serve(tmp_path) as url:
        found = by_pseudo(f"{url}/club.git")
    assert found == by_pseudo(tmp_path / "club.git")
    assert found["max"].files == PROGRAMS
    assert found["max"].when_s == WHEN_S + 1
    assert found["max"].earlier_s == (WHEN_S - 600,)


def test_a_server_that_gives_no_part_of_a_file_costs_only_who_has_a_large_one(tmp_path: Path) -> None:
    raw = RawObjects()
    raw.branch("zoe")
    raw.branch(
        "max", raw.commit(raw.tree([*raw.files(), ("100644", "film.mp4", raw.add("blob", os.urandom(6_000_000)))]))
    )
    raw.write(tmp_path / "club.git")
    with git_daemon(tmp_path) as url:
        found = by_pseudo(f"{url}/club.git")
    assert found["zoe"].files == found["max"].files == PROGRAMS
    assert "« film.mp4 » : laissé de côté (trop gros" in found["max"].odd[0]


@pytest.mark.parametrize(
    ("status", "words"), [(401, "mot de passe"), (403, "droit"), (404, "pas de dépôt"), (500, "git n'y arrive pas")]
)
def test_a_server_that_refuses_is_said_in_one_sentence(status: int, words: str, tmp_path: Path, scratch: Path) -> None:
    with git_http(tmp_path, status=status) as url, pytest.raises(UsageError, match=words):
        by_pseudo(f"{url}/club.git")
    assert list(scratch.iterdir()) == []


def test_no_password_is_shown(tmp_path: Path) -> None:
    with git_http(tmp_path, status=403) as url, pytest.raises(UsageError) as refused:
        by_pseudo(url.replace("//", "//maitre:secret@") + "/club.git")
    assert "secret" not in str(refused.value)
    assert "/club.git" in str(refused.value)


@contextmanager
def speaking(words: bytes, times: int) -> Iterator[str]:
    """A server that says something so many times to whoever comes, and then nothing more."""
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            try:
                peer, _ = server.accept()
            except OSError:
                return
            with peer:
                try:
                    for _ in range(times):
                        peer.sendall(words)
                    while peer.recv(4096):
                        pass
                except OSError:
                    pass  # it has hung up

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"git://127.0.0.1:{server.getsockname()[1]}/club.git"
        finally:
            over.set()
            server.shutdown(socket.SHUT_RDWR)
            thread.join()


def test_a_server_that_is_silent_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, scratch: Path) -> None:
    monkeypatch.setattr(fetching, "LIST_S", 0.5)
    with speaking(b"", 0) as url, pytest.raises(UsageError, match="ne répond pas"):
        by_pseudo(url)
    assert list(scratch.iterdir()) == []


def test_a_server_that_lists_without_end_is_not_listened_to(monkeypatch: pytest.MonkeyPatch, scratch: Path) -> None:
    line = b"%040x refs/heads/rendu/%0900d\n"
    lines = b"".join(b"%04x" % (4 + len(one)) + one for one in (line % (n, n) for n in range(50)))
    monkeypatch.setattr(fetching, "LIST_MEMORY_BYTES", 150_000_000)
    with speaking(lines, 10_000) as url, pytest.raises(UsageError, match="bien trop à donner"):
        by_pseudo(url)
    assert list(scratch.iterdir()) == []


def test_what_takes_too_much_memory_costs_its_own_row(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fetching, "CAPS", replace(CAPS, memory_bytes=80_000_000))
    raw = RawObjects()
    for number in range(20):
        raw.branch(f"e{number}", raw.commit(raw.tree(raw.files()), more=str(number)))
    raw.branch("zoe", raw.commit(raw.tree(raw.files()), more=" " * 60_000_000))
    found = by_pseudo(raw.write(tmp_path / "club.git"))
    assert {pseudo for pseudo, one in found.items() if one.unreadable} == {"zoe"}
    assert len(found) == 21


def test_what_takes_too_much_room_costs_its_own_row(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fetching, "CAPS", Caps(3_000_000, CAPS.memory_bytes))
    raw = RawObjects()
    for number in range(20):
        raw.branch(f"e{number}", raw.commit(raw.tree(raw.files()), more=str(number)))
    several = [("100644", f"z{number}", raw.add("blob", os.urandom(1_000_000))) for number in range(4)]
    raw.branch("zoe", raw.commit(raw.tree([*raw.files(), *several])))
    found = by_pseudo(raw.write(tmp_path / "club.git"))
    assert {pseudo for pseudo, one in found.items() if one.unreadable} == {"zoe"}


def test_branches_that_cannot_be_had_cost_their_own_rows(tmp_path: Path) -> None:
    raw = RawObjects()
    for number in range(100):
        raw.branch(f"e{number}", raw.commit(raw.tree(raw.files()), more=str(number)))
    for number in (7, 50, 99):
        raw.branch(f"e{number}", raw.commit(raw.tree([("100644", "etape1.py", "1" * 40)])))
    found = by_pseudo(raw.write(tmp_path / "club.git"))
    assert {pseudo for pseudo, one in found.items() if one.unreadable} == {"e7", "e50", "e99"}
    assert len(found) == 100


def test_three_hundred_take_no_more_memory_than_a_few(tmp_path: Path) -> None:
    raw = RawObjects()
    for number in range(300):
        large = raw.add("blob", bytes([number % 256]) * 200_000 + str(number).encode())
        raw.branch(f"e{number}", raw.commit(raw.tree([*raw.files(), ("100644", "image.png", large)])))
    source = raw.write(tmp_path / "club.git")
    del raw
    memory = Memory()
    assert sum("image.png" in one.files for one in collect(source, DEFAULT)) == 300
    assert memory.more_bytes() < 30_000_000


@pytest.mark.parametrize("make", [as_branches, as_one_bundle, as_files])
def test_nothing_is_left_when_nobody_wants_the_rest(make: Callable[[Path], str], tmp_path: Path, scratch: Path) -> None:
    rest = collect(make(tmp_path), DEFAULT)
    next(rest)
    rest.close()  # type: ignore[attr-defined]
    assert list(scratch.iterdir()) == []


def test_a_hand_in_may_be_worked_on_before_the_next_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Its time for reading does not run meanwhile."""
    monkeypatch.setattr("grader.club.objects.HAND_IN_S", 0.5)
    monkeypatch.setattr("grader.club.objects.LOOK_S", 0.01)
    found = []
    for one in collect(club(tmp_path, "zoe", "max"), DEFAULT):
        found.append(one)
        until = time.monotonic() + 0.7
        while time.monotonic() < until:
            sum(range(1000))
    assert [one.files for one in found] == [PROGRAMS, PROGRAMS]


def test_on_a_main_branch_a_hand_in_is_as_old_as_its_last_change(tmp_path: Path) -> None:
    raw = RawObjects()
    good, other = raw.tree(raw.files()), raw.tree([])

    def state(when_s: int, before: str, **folders: str) -> str:
        listed = raw.tree([("40000", name, tree) for name, tree in sorted(folders.items())])
        parents = (before,) if before else ()
        return raw.commit(raw.tree([("40000", "rendus", listed)]), *parents, when=f"{when_s} +0000")

    first = state(WHEN_S, "", zoe=other)
    second = state(WHEN_S + 10, first, max=good, zoe=other)
    third = state(WHEN_S + 20, second, max=good, zoe=good)
    raw.references["refs/heads/main"] = state(WHEN_S + 30, third, lea=good, max=good, zoe=good)
    found = by_pseudo(raw.write(tmp_path / "club.git"))
    times = {pseudo: (one.when_s, one.earlier_s) for pseudo, one in found.items()}
    assert times == {"lea": (WHEN_S + 30, ()), "max": (WHEN_S + 10, ()), "zoe": (WHEN_S + 20, (WHEN_S,))}


def test_branches_and_folders_of_one_repository_both_count(tmp_path: Path) -> None:
    raw = RawObjects()
    raw.branch("zoe")
    folder = raw.tree([("40000", "max", raw.tree(raw.files()))])
    raw.references["refs/heads/main"] = raw.commit(raw.tree([("40000", "rendus", folder)]))
    assert by_pseudo(raw.write(tmp_path / "club.git")).keys() == {"max", "zoe"}


def test_a_main_branch_that_is_something_else_is_left_alone(tmp_path: Path) -> None:
    raw = RawObjects()
    raw.branch("zoe")
    some = raw.add("blob", b"x")
    raw.references["refs/heads/main"] = raw.commit(raw.tree([("100644", f"{n:06}", some) for n in range(50_000)]))
    assert by_pseudo(raw.write(tmp_path / "club.git")).keys() == {"zoe"}


def test_one_file_or_folder_is_a_source_too(tmp_path: Path) -> None:
    fill(tmp_path / "Zoé B.")
    zip_of(PROGRAMS, tmp_path / "max (1).zip")
    raw = RawObjects()
    raw.branch("whatever")
    raw.bundle(tmp_path / "lea")
    assert [by_pseudo(tmp_path / name).keys() for name in ("Zoé B.", "max (1).zip", "lea")] == [
        {"zoe-b"},
        {"max"},
        {"lea"},
    ]


def test_a_file_that_is_none_is_one_row(tmp_path: Path) -> None:
    (tmp_path / "zoe.rendu").write_bytes(b"bonjour")
    assert "une autre sorte" in by_pseudo(tmp_path / "zoe.rendu")["zoe"].unreadable


@pytest.mark.parametrize("make", [cut_bundle, bundle_of_the_rest, bundle_with_an_endless_head])
def test_a_bundle_that_is_damaged_is_one_row(make: Callable[[RawObjects, Path], str], tmp_path: Path) -> None:
    found = by_pseudo(make(RawObjects(), tmp_path / "zoe.rendu"))
    assert found.keys() == {"zoe"}
    assert found["zoe"].unreadable


def test_an_archive_or_a_bundle_of_many_that_is_damaged_is_one_row(tmp_path: Path) -> None:
    (tmp_path / "zoe.zip").write_bytes(zip_of(PROGRAMS)[:-30])
    (tmp_path / "moodle.zip").write_bytes(zip_of(MOODLE)[:-30])
    raw = RawObjects()
    raw.branch("max")
    raw.branch("zoe")
    raw.bundle(tmp_path / "tous.bundle")
    (tmp_path / "tous.bundle").write_bytes((tmp_path / "tous.bundle").read_bytes()[:-30])
    for name in ("zoe.zip", "moodle.zip", "tous.bundle"):
        found = by_pseudo(tmp_path / name)
        assert found.keys() == {name.partition(".")[0]}
        assert all(one.unreadable for one in found.values())


def test_whoever_names_a_link_means_what_it_leads_to(tmp_path: Path) -> None:
    zip_of(PROGRAMS, tmp_path / "x.zip")
    fill(tmp_path / "y")
    (tmp_path / "zoe.zip").symlink_to("x.zip")
    (tmp_path / "max").symlink_to("y")
    assert by_pseudo(tmp_path / "zoe.zip")["zoe"].files == by_pseudo(tmp_path / "max")["max"].files == PROGRAMS


def test_an_accent_in_two_signs_makes_no_second_person(tmp_path: Path) -> None:
    zip_of(PROGRAMS, tmp_path / "Zoe\u0301.zip")
    fill(tmp_path / "Zo\u00e9")
    assert [one.pseudo for one in collect(str(tmp_path), DEFAULT) if one.pseudo != "tmp"] == ["zoe", "zoe"]


def test_an_empty_folder_has_no_row(tmp_path: Path) -> None:
    (tmp_path / "vide").mkdir()
    assert by_pseudo(tmp_path / "vide") == {}


@pytest.mark.skipif(os.name == "nt", reason="names that no such system has")
def test_what_moodle_gave_may_be_unpacked_too(tmp_path: Path) -> None:
    zip_of(MOODLE, tmp_path / "x.zip")
    shutil.unpack_archive(tmp_path / "x.zip", tmp_path / "x")
    packed, unpacked = by_pseudo(tmp_path / "x.zip"), by_pseudo(tmp_path / "x")
    assert packed.keys() == unpacked.keys()
    for pseudo, one in packed.items():
        assert replace(one, when_s=None) == replace(unpacked[pseudo], when_s=None)
        assert one.participant


def test_no_real_name_comes_out_of_moodle(tmp_path: Path) -> None:
    files = {
        **of("Zoé Dupont", 1, {"Dupont_Zoe.zip": zip_of({"ZOÉ DUPONT/etape1.py": b"", "ZOÉ DUPONT/../dupont": b""})}),
        **of("Zoé Dupont", 2, {"zoe-dupont.rendu": b"not readable"}),
        **of("Groupe A-Zoé Dupont", 3, {"a.zip": zip_of({"dupont/client.py": b"", "zoe/etape1.py": b""})}),
        **of("Zoé Dupont", 4, {"Zoé Dupont.rar": b"Rar!"}),
        **of("Zoé Dupont", 5, {f"dupont{number}.py": b"" for number in range(250)}),
        **of("Zoé Dupont", 6, {"dupont_etape1.py": b""}),
    }
    zip_of(files, tmp_path / "x.zip")
    found = list(collect(str(tmp_path / "x.zip"), DEFAULT))
    assert len(found) == 6
    for one in found:
        said = repr(replace(one, files={})).casefold()
        assert not any(word in said for word in ("zoé", "zoe", "dupont"))


def test_a_machine_without_git_reads_what_needs_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, scratch: Path
) -> None:
    source = as_files(tmp_path)
    monkeypatch.setenv("PATH", str(scratch))
    found = by_pseudo(source)
    assert found["max"].files == PROGRAMS
    assert "git n'est pas installé" in found["zoe"].unreadable


def test_a_number_behind_a_name_is_of_the_browsers_making(tmp_path: Path) -> None:
    """Both are the same student's; the newest counts, which is decided elsewhere."""
    zip_of(PROGRAMS, tmp_path / "zoe.zip")
    zip_of({}, tmp_path / "zoe (1).zip")
    assert [one.pseudo for one in collect(str(tmp_path), DEFAULT) if one.pseudo != "tmp"] == ["zoe", "zoe"]


def test_what_a_student_sends_is_what_is_collected(tmp_path: Path) -> None:
    files = PROGRAMS | {"outils/réglages \U0001f600.py": "é".encode(), ".env": b"x"}
    with Scratch() as ours:
        first = ours.commit(PROGRAMS, WHEN_S - 60)
        bundle = ours.bundle(ours.commit(files, WHEN_S, first), "refs/heads/rendu/zoe-b")
    (tmp_path / "zoe-b.rendu").write_bytes(bundle)
    (tmp_path / "max.rendu").write_bytes(zipped(files))
    os.utime(tmp_path / "max.rendu", (WHEN_S, WHEN_S))
    found = by_pseudo(tmp_path)
    assert found["zoe-b"].files == found["max"].files == files
    assert found["zoe-b"].when_s == found["max"].when_s == WHEN_S
    assert found["zoe-b"].earlier_s == (WHEN_S - 60,)
    assert not found["zoe-b"].odd
    assert not found["max"].odd


ROOT = Path(__file__).parents[2]

FULL = 'mount -t tmpfs -o size=64k none "$0" && exec "$@"'
"""Room for a repository with nothing in it."""


def test_a_full_disk_is_the_machines_and_nobodys_hand_in(tmp_path: Path, scratch: Path) -> None:
    unshare = ["unshare", "-rm"]
    if shutil.which("unshare") is None or subprocess.run([*unshare, "true"], capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    raw = RawObjects()
    for name in ("zoe", "max"):
        photo = raw.add("blob", os.urandom(100_000))
        raw.branch(name, raw.commit(raw.tree([*raw.files(), ("100644", "photo.png", photo)])))
    source = raw.write(tmp_path / "club.git")
    command = [*unshare, "sh", "-c", FULL, str(scratch), sys.executable, "-m", "grader", "club", "--liste", source]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
    assert done.returncode == ExitStatus.GRADER_ERROR
    assert "il n'y a plus de place sur le disque" in done.stderr.replace("\n", " ")
    assert "zoe" not in done.stdout
