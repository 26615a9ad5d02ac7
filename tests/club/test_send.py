"""Handing in to real repositories, by path, ``file://``, ``git daemon`` and ``git http-backend``, and what fails."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from grader.club.causes import ACCOUNT, CLOCK, CLOSED, CUT, MISTYPED, NO_SUCH, SLOW, cause_of, was_overtaken
from grader.club.git import Answer
from grader.club.hand_in import zipped
from grader.club.packing import digest_of
from grader.club.place import Kind, Place, place_of
from grader.club.scratch import Scratch
from grader.club.send import NotSentError, Parcel, TakenError, send
from grader.club.sources import collect
from grader.limits import DEFAULT
from grader.probe import confine

from ..submissions.model import reference_files
from .git_servers import bare, git_daemon, git_http
from .pupils import ROOT, Pupil, another_machine, git

NOW_S = 1_780_000_000

LONG_S = 300
"""For thirty at once, on a machine that does other things too."""

POSIX = pytest.mark.skipif(os.name != "posix", reason="hooks are shell scripts, owners are numbers")


def parcel(pseudo: str = "zoe-b", text: bytes = b"import socket\n", when_s: int = NOW_S) -> Parcel:
    """A hand-in of one file."""
    files = {"client.py": text}
    return Parcel(pseudo, files, zipped(files), when_s)


def branches(repository: Path) -> list[str]:
    return git("for-each-ref", "--format=%(refname)", folder=repository).split()


def files_of(repository: Path, branch: str = "rendu/zoe-b") -> dict[str, str]:
    names = git("ls-tree", "-r", "--name-only", branch, folder=repository).splitlines()
    return {name: git("show", f"{branch}:{name}", folder=repository) for name in names}


@pytest.fixture(params=["path", "file", "daemon", "http"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty repository, as it is reached in one of the ways: its folder is ``le club/à rendre.git`` in each."""
    root = tmp_path / "le club"
    repository = bare(root / "à rendre.git")
    with ExitStack() as stack:
        if request.param == "path":
            yield str(repository)
        elif request.param == "file":
            yield f"file://{repository}"
        elif request.param == "daemon":
            yield stack.enter_context(git_daemon(root)) + "/à rendre.git"
        else:
            yield stack.enter_context(git_http(root)) + "/%C3%A0%20rendre.git"


def test_hand_ins_are_commits_on_a_branch_of_ones_own(address: str, pupil: Pupil, tmp_path: Path) -> None:
    repository = tmp_path / "le club" / "à rendre.git"
    status, said = pupil.hand_in("--vers", address, "--pseudo", "Zoé B.")
    assert (status, "Ton rendu est arrivé" in said) == (0, True), said
    pupil.change()
    (pupil.folder / "etape1.py").unlink()
    status, said = pupil.hand_in("--vers", address)
    assert (status, "Ton rendu est arrivé" in said) == (0, True), said
    status, said = pupil.hand_in("--vers", address)
    assert (status, "Déjà rendu" in said) == (0, True), said
    assert branches(repository) == ["refs/heads/rendu/zoe-b"]
    assert git("rev-list", "--count", "rendu/zoe-b", folder=repository) == "2"
    changed = {name: (pupil.folder / name).read_text(encoding="utf-8").strip() for name in ("serveur.py", "client.py")}
    assert files_of(repository) == changed
    assert sorted(files_of(repository, "rendu/zoe-b~")) == sorted(reference_files())
    assert os.listdir() == []


def test_a_branch_from_elsewhere_is_noticed(pupil: Pupil, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    club = bare(tmp_path / "club.git")
    assert pupil.hand_in("--vers", club, "--pseudo", "zoe-b")[0] == 0
    another_machine(monkeypatch, tmp_path)
    pupil.change()
    status, said = pupil.hand_in("--vers", club, "--pseudo", "zoe-b")
    assert status == 4
    assert "déjà là" in said
    assert git("rev-list", "--count", "rendu/zoe-b", folder=club) == "1"
    assert os.listdir() == ["zoe-b.rendu"]
    assert pupil.hand_in("--vers", club, "--pseudo", "zoe-b", "--encore")[0] == 0
    assert git("rev-list", "--count", "rendu/zoe-b", folder=club) == "2"
    assert pupil.hand_in("--vers", club, "--pseudo", "zoe-c")[0] == 0
    assert os.listdir() == []


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@POSIX
def test_the_students_own_repository_is_not_touched_and_runs_nothing(
    pupil: Pupil, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    club, canary = bare(tmp_path / "club.git"), tmp_path / "canary"
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    git("init", "-q", pupil.folder)
    git("add", ".", folder=pupil.folder)
    git("-c", "user.name=x", "-c", "user.email=x@x", "commit", "-q", "-m", "mon travail", folder=pupil.folder)
    names = ("pre-push", "commit-msg", "pre-commit", "post-commit", "reference-transaction", "post-checkout", "update",
             "pre-receive", "post-receive", "post-update", "pre-auto-gc", "proc-receive")  # fmt: skip
    for place in (hooks, pupil.folder / ".git" / "hooks", club / "hooks"):
        for name in names:
            (place / name).write_text(f"#!/bin/sh\ntouch '{canary}'\n", encoding="utf-8")
            (place / name).chmod(0o755)
    touch = f"touch '{canary}'"
    (club / "objects" / "info" / "alternates").write_text(f"{pupil.folder / '.git' / 'objects'}\n", encoding="utf-8")
    git("config", "core.alternateRefsCommand", f"{touch};:", folder=club)
    settings = {
        "core.hooksPath": str(hooks), "init.templateDir": str(hooks), "commit.template": "/nowhere",
        "user.signingKey": "nobody", "commit.gpgSign": "true", "push.gpgSign": "true", "user.name": "Zoé",
        "user.email": "zoe@example.org", "core.fsmonitor": touch, "core.editor": touch, "core.pager": touch,
        "i18n.commitEncoding": "latin-1", "push.pushOption": "secret", "credential.helper": "!false",
    }  # fmt: skip
    for key, value in settings.items():
        git("config", "--file", pupil.folder.parent / ".gitconfig", key, value)
    monkeypatch.setenv("GIT_DIR", str(pupil.folder / ".git"))
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Zoé Bernard")
    before = contents(pupil.folder)
    assert pupil.hand_in("--vers", club, "--pseudo", "zoe-b")[0] == 0
    pupil.change()
    before["client.py"] = (pupil.folder / "client.py").read_bytes()
    assert pupil.hand_in("--vers", club)[0] == 0
    monkeypatch.delenv("GIT_DIR")
    assert contents(pupil.folder) == before
    assert not canary.exists()
    assert git("log", "--format=%an %ae %cn %ce %ai %G? %s", "-1", "rendu/zoe-b", folder=club).endswith("+0000 N rendu")


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system does not let a program change its zone")
def test_nothing_but_the_files_leaves(pupil: Pupil, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not in a commit, not in a log of a repository with a work tree, not in a file."""
    club, stick = tmp_path / "club", tmp_path / "stick"
    git("init", "-q", "-b", "main", club)
    stick.mkdir()
    config = pupil.folder.parent / ".gitconfig"
    git("config", "--file", config, "user.name", "Zoé Bernard")
    git("config", "--file", config, "user.email", "zoe@example.org")
    monkeypatch.setenv("TZ", "XYZ-7:30")
    monkeypatch.setenv("USER", "zbernard")
    before = set(contents(club))
    assert pupil.hand_in("--vers", club, "--pseudo", "zoe-b")[0] == 0
    assert pupil.hand_in("--vers", stick, "--pseudo", "zoe-b")[0] == 0
    new = {name: data for name, data in contents(club).items() if name not in before}
    git("clone", "-q", "--bare", stick / "zoe-b.rendu", tmp_path / "read.git")
    commits = [git("cat-file", "commit", "rendu/zoe-b", folder=one) for one in (club, tmp_path / "read.git")]
    logs = [data.decode() for name, data in new.items() if "logs" in name]
    assert logs
    own = (socket.gethostname(), str(tmp_path), "élève", "mon rendu", "Bernard", "zbernard", "example", "+0730", "XYZ")
    assert [word for word in own if word in "".join(commits + logs)] == []
    packed = b"".join(new.values()) + (stick / "zoe-b.rendu").read_bytes()
    assert [word for word in own if len(word) > 4 and word.encode() in packed] == []  # a short one is there by chance


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
@pytest.mark.parametrize("form", ["{}", "file://{}"])
def test_a_repository_of_somebody_else_is_no_obstacle(form: str, pupil: Pupil, tmp_path: Path) -> None:
    club = bare(tmp_path / "club.git")
    for path in (club, *club.rglob("*")):
        os.chown(path, 4242, 4242)
    for _ in range(2):
        status, said = pupil.hand_in("--vers", form.format(club), "--pseudo", "zoe-b")
        assert status == 0, said
        pupil.change()


def test_thirty_hand_in_at_once(tmp_path: Path) -> None:
    club = Place(Kind.REPOSITORY, str(bare(tmp_path / "club.git")))
    begin = threading.Barrier(30)

    def one(number: int) -> str:
        with Scratch(limit_s=LONG_S) as scratch:
            begin.wait()
            return send(parcel(f"eleve-{number:02}", b"%d\n" % number), club, scratch, "").mark

    with ThreadPoolExecutor(30) as pool:
        marks = list(pool.map(one, range(30)))
    listed = git("for-each-ref", "--format=%(objectname) %(refname:short)", folder=tmp_path / "club.git").splitlines()
    assert listed == [f"{mark} rendu/eleve-{number:02}" for number, mark in enumerate(marks)]


def test_two_who_take_one_pseudonym_at_once_do_not_lose_a_hand_in(tmp_path: Path) -> None:
    club = Place(Kind.REPOSITORY, str(bare(tmp_path / "club.git")))
    begin = threading.Barrier(2)

    def one(number: int) -> str:
        with Scratch(limit_s=LONG_S) as scratch:
            begin.wait()
            try:
                return send(parcel(text=b"%d\n" % number), club, scratch, "").mark
            except TakenError:
                return "taken"

    with ThreadPoolExecutor(2) as pool:
        ends = sorted(pool.map(one, range(2)))
    assert ends[1] == "taken"
    assert git("rev-list", "rendu/zoe-b", folder=tmp_path / "club.git") == ends[0]


@pytest.mark.parametrize("way", ["repository", "bundle", "zip"])
def test_what_was_handed_in_is_what_is_collected(
    way: str, pupil: Pupil, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    club = bare(tmp_path / "club") if way == "repository" else tmp_path / "club"
    club.mkdir(exist_ok=True)
    if way == "zip":
        monkeypatch.setenv("PATH", str(tmp_path))
    (pupil.folder / "réglages.py").write_text("PORT = 4000\n", encoding="utf-8")
    (pupil.folder / "client.py").write_text("import réglages\n", encoding="utf-8")
    (pupil.folder / "photo.jpg").touch()
    status, said = pupil.hand_in("--vers", club, "--pseudo", "Zoé B.")
    assert status == 0, said
    (found,) = collect(str(club), DEFAULT)
    own = {path.name: path.read_bytes() for path in pupil.folder.glob("*.py")}
    assert (found.pseudo, found.files, found.odd, found.unreadable) == ("zoe-b", own, (), "")
    assert digest_of(found.files)[:8] in said
    if way != "zip":
        assert found.when_s is not None
        assert abs(found.when_s - time.time()) < 60


def hook(repository: Path, text: str) -> None:
    path = repository / "hooks" / "pre-receive"
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


@POSIX
@pytest.mark.parametrize(
    ("trouble", "says"),
    [
        ("hook", "refuse ce rendu"),
        ("closed", CLOSED),
        ("401", ACCOUNT),
        ("403", CLOSED),
        ("404", NO_SUCH),
        ("500", "en panne"),
        ("daemon closed", CLOSED),
        ("daemon nowhere", NO_SUCH),
        ("nobody", "personne ne répond"),
        ("nowhere", NO_SUCH),
        ("mistyped", MISTYPED),
        ("other", MISTYPED),
        ("obstacle", "bouche le passage"),
        ("open", "est ouverte dans ce dépôt"),
    ],
)
def test_what_refuses_is_one_sentence_and_the_file_waits(trouble: str, says: str, pupil: Pupil, tmp_path: Path) -> None:
    root = tmp_path / "root"
    club = bare(root / "club.git")
    with ExitStack() as stack:
        if trouble == "hook":
            hook(club, "echo 'fermé le dimanche' >&2; exit 1")
            address = stack.enter_context(git_http(root)) + "/club.git"
        elif trouble == "closed":
            address = stack.enter_context(git_http(root, push=False)) + "/club.git"
        elif trouble.isdigit():
            address = stack.enter_context(git_http(root, status=int(trouble))) + "/club.git"
        elif trouble.startswith("daemon"):
            place = "/nowhere.git" if "nowhere" in trouble else "/club.git"
            address = stack.enter_context(git_daemon(root, push=False)) + place
        elif trouble == "nobody":
            with socket.create_server(("127.0.0.1", 0)) as server:
                address = f"http://127.0.0.1:{server.getsockname()[1]}/club.git"
        elif trouble == "obstacle":
            with Scratch() as scratch:
                send(parcel(), Place(Kind.REPOSITORY, str(club)), scratch, "")
            first = git("rev-parse", "rendu/zoe-b", folder=club)
            git("update-ref", "-d", "refs/heads/rendu/zoe-b", folder=club)
            git("update-ref", "refs/heads/rendu", first, folder=club)
            address = str(club)
        elif trouble == "open":
            git("init", "-q", "-b", "rendu/zoe-b", root / "work")
            address = str(root / "work")
        else:
            address = {
                "nowhere": f"file://{root}/nowhere.git", "mistyped": "htps://club.invalid/x", "other": "ext::touch%20x",
            }[trouble]  # fmt: skip
        status, said = pupil.hand_in("--vers", address, "--pseudo", "zoe-b")
    assert status == 4
    assert says in said
    assert "zoe-b.rendu : recommence, ou donne ce fichier" in said
    assert os.listdir() == ["zoe-b.rendu"]
    git("clone", "-q", "--branch", "rendu/zoe-b", "zoe-b.rendu", tmp_path / "carried")
    assert (tmp_path / "carried" / "client.py").is_file()


@pytest.mark.parametrize("scheme", ["http", "git"])
def test_a_server_that_never_answers_is_given_up(scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, Scratch() as scratch:
        scratch.renew(limit_s=1)
        place = place_of(f"{scheme}://127.0.0.1:{silent.getsockname()[1]}/club.git", ".")
        began_s = time.monotonic()
        with pytest.raises(NotSentError, match=SLOW[:20]):
            send(parcel(), place, scratch, "")
        assert time.monotonic() - began_s < 30
    assert not os.path.exists(scratch.folder)


def test_a_machine_without_a_clock_is_told(tmp_path: Path) -> None:
    with Scratch() as scratch, pytest.raises(NotSentError, match=CLOCK[:20]):
        send(parcel(when_s=86_400), Place(Kind.FOLDER, str(tmp_path)), scratch, "")
    assert os.listdir(tmp_path) == []


FULL = """
import os, sys
from tests.namespaces import NEW_MOUNTS, NEW_USER, enter, cover
enter(NEW_MOUNTS if os.getuid() == 0 else NEW_MOUNTS | NEW_USER)
target, *words = sys.argv[1:]
cover(target, "size=1M,mode=777", [])
if "repository" in words:
    import subprocess
    subprocess.run(["git", "init", "-q", "--bare", target], check=True)
with open(os.path.join(target, "full"), "wb", buffering=0) as file:
    try:
        while file.write(bytes(4096)):
            pass
    except OSError:
        pass
from grader import commands
sys.exit(commands.run("rendre", ["work", "--oui", "--pseudo", "zoe-b", "--vers", target]))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux") or not confine.works(), reason="needs namespaces")
@pytest.mark.parametrize("kind", ["folder", "repository"])
def test_a_full_disk_is_one_sentence_and_the_file_waits(kind: str, tmp_path: Path) -> None:
    for name in ("target", "work"):
        (tmp_path / name).mkdir()
    for name, text in reference_files().items():
        (tmp_path / "work" / name).write_text(text, encoding="utf-8")
    env = os.environ | {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    command = [sys.executable, "-c", FULL, str(tmp_path / "target"), kind]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 4
    assert "plus de place sur" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert (tmp_path / "zoe-b.rendu").is_file()


SAID: tuple[tuple[str, str], ...] = (
    ("fatal: unable to access 'https://x.fr/': Could not resolve host: x.fr", "l'adresse « x.fr » est introuvable"),
    ("ssh: Could not resolve hostname forge.x.fr: Name or service not known\r\nfatal: Could not read from remote",
     "l'adresse « forge.x.fr » est introuvable"),
    ("fatal: unable to look up club (port 9418) (Name or service not known)", "l'adresse « club » est introuvable"),
    ("fatal: unable to access 'https://x.fr/': server certificate verification failed. CAfile: none", "certificat"),
    ("fatal: unable to access 'https://x.fr/': SSL certificate problem: certificate is not yet valid", CLOCK),
    ("fatal: unable to access 'https://x.fr/': SSL certificate problem: certificate has expired", CLOCK),
    ("ssh: connect to host 10.0.0.1 port 22: No route to host\nfatal: Could not read from remote repository.", "Wi-Fi"),
    ("fatal: unable to access 'http://x/': Failed to connect to x port 80 after 130000 ms: Connection timed out",
     "personne ne répond"),
    ("error: RPC failed; curl 28 Operation too slow. Less than 1 bytes/sec transferred the last 20 seconds", SLOW),
    ("fatal: could not read Username for 'https://github.com': terminal prompts disabled", ACCOUNT),
    ("git@github.com: Permission denied (publickey).\r\nfatal: Could not read from remote repository.", ACCOUNT),
    ("Host key verification failed.\r\nfatal: Could not read from remote repository.", ACCOUNT),
    ("remote: Permission to club/x.git denied to zoe.\nfatal: unable to access 'x': returned error: 403", CLOSED),
    ("fatal: unable to access 'htp:x': URL using bad/illegal format or missing URL", MISTYPED),
    ("fatal: protocol 'foo' is not supported", MISTYPED),
    ("remote: Write access to repository not granted.\nfatal: unable to access 'x': returned error: 403", CLOSED),
    ("error: remote unpack failed: unable to create temporary object directory\nTo /club.git\n"
     " ! [remote rejected] be9b6ea -> rendu/zoe (unpacker error)", CLOSED),
    ("remote: Repository not found.\nfatal: repository 'https://github.com/club/x.git/' not found", NO_SUCH),
    ("xcode-select: note: No developer tools were found, requesting install.", "xcode-select --install"),
    ("fatal: https://portail.ecole/ not valid: is this a git repository?", NO_SUCH),
    ("remote: GitLab: You are not allowed to push code to protected branches on this project.", CLOSED),
    ("remote: fatal: pack exceeds maximum allowed size", "trop gros"),
    ("fatal: the remote end hung up unexpectedly\nfatal: early EOF", CUT),
    ("fatal: unable to access 'x': Received HTTP code 407 from proxy after CONNECT", "proxy"),
    ("hint: x\nfatal: \x1b[31mjamais vu\nerror: failed to push some refs to 'x'", "« fatal: \\x1b[31mjamais vu »"),
)  # fmt: skip


@pytest.mark.parametrize(("words", "means"), SAID)
def test_what_git_says_is_said_in_french(words: str, means: str) -> None:
    said = cause_of(Answer(128, b"", words))
    assert means in said
    assert "\n" not in said
    assert not said.endswith(".")


def test_only_who_came_second_tries_again() -> None:
    overtaken = " ! [rejected] a -> rendu/zoe-b (fetch first)\nerror: failed to push some refs to 'x'"
    assert was_overtaken(Answer(1, b"", overtaken))
    assert not was_overtaken(Answer(1, b"", "fatal: repository 'x' not found"))
