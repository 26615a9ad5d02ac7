"""Sources that nobody should have to read, as data: how each is made, and what must come out of it.

Each maker gets an empty folder and returns what is given to ``collect``. What would leave a trace, were it executed or
followed, touches or names CANARY, a file beside that folder.
"""

from __future__ import annotations

import io
import os
import socket
import struct
import subprocess
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from .raw_git import BLOB, PROGRAMS, REF_DELTA, WHEN_S, RawObjects, copying_delta, packed_object

READ, WITHOUT, UNREADABLE = "read", "without", "unreadable"
"""What becomes of a hand-in: its three programs are there; none of them is, but it could be read; it could not."""

CANARY = "canary"

Rows = dict[str, tuple[str, str]]
"""By pseudonym: what becomes of it, and words of the sentences on it; no word where nothing is odd."""

ZOE: Rows = {"zoe": (READ, "")}


@dataclass(frozen=True)
class Hostile:
    """A source.

    Attributes:
        name: what is wrong with it.
        make: makes it.
        rows: what must come out, all of it.
        refused: words of the sentence where nothing can come out.
        within_s: how long it may take; many times what it takes on a machine with nothing else to do.
    """

    name: str
    make: Callable[[Path], str]
    rows: Rows = field(default_factory=dict)
    refused: str = ""
    within_s: float = 60


def zip_of(files: dict[str, bytes], path: Path | None = None, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip; written where a path is given."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", compression) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, (2026, 3, 4, 5, 6, 8))
            info.filename = name  # as it is: the class would clean it
            info.compress_type = compression
            archive.writestr(info, data)
    if path is not None:
        path.write_bytes(whole.getvalue())
    return whole.getvalue()


def in_zip(files: dict[str, bytes]) -> Callable[[Path], str]:
    """The programs and other files in a zip."""

    def make(here: Path) -> str:
        zip_of(PROGRAMS | files, here / "zoe.zip")
        return str(here)

    return make


def changed_zip(change: Callable[[bytes], bytes], files: dict[str, bytes] = PROGRAMS) -> Callable[[Path], str]:
    """A zip that was changed afterwards."""

    def make(here: Path) -> str:
        (here / "zoe.zip").write_bytes(change(zip_of(files)))
        return str(here)

    return make


def in_branch(build: Callable[[RawObjects, str], str], config: str = "") -> Callable[[Path], str]:
    """A repository with a good branch « max » and a branch « zoe »; the commit of that is built."""

    def make(here: Path) -> str:
        raw = RawObjects()
        raw.branch("max")
        raw.branch("zoe", build(raw, str(here.parent / CANARY)))
        return raw.write(here / "club.git", config=config)

    return make


def listing(*more: tuple[str, str | bytes, str]) -> Callable[[RawObjects, str], str]:
    """A commit of the programs and of other names; « blob » stands for some object."""

    def build(raw: RawObjects, _: str) -> str:
        some = raw.add("blob", b"/etc/passwd")
        return raw.commit(
            raw.tree([*raw.files(), *((mode, name, some if oid == "blob" else oid) for mode, name, oid in more)])
        )

    return build


def with_max(state: str, words: str) -> Rows:
    """The rows of a repository whose other branch is good."""
    return {"max": (READ, ""), "zoe": (state, words)}


def bundled(build: Callable[[RawObjects, Path], str]) -> Callable[[Path], str]:
    """A folder with what is made as « zoe.rendu », beside a good « max.rendu »."""

    def make(here: Path) -> str:
        good = RawObjects()
        good.branch("max")
        good.bundle(here / "max.rendu")
        build(RawObjects(), here / "zoe.rendu")
        return str(here)

    return make


# Bundles.


def cut_bundle(raw: RawObjects, path: Path) -> str:
    raw.branch("zoe")
    raw.bundle(path)
    path.write_bytes(path.read_bytes()[:-40])
    return str(path)


def bundle_without_objects(_: RawObjects, path: Path) -> str:
    path.write_bytes(b"# v2 git bundle\n" + b"1" * 40 + b" refs/heads/rendu/zoe\n\n")
    return str(path)


def bundle_of_the_rest(raw: RawObjects, path: Path) -> str:
    raw.branch("zoe")
    return raw.bundle(path, head=b"# v2 git bundle\n-" + b"2" * 40 + b" before\n")


def bundle_that_names_nothing(raw: RawObjects, path: Path) -> str:
    raw.branch("zoe")
    raw.references["refs/heads/rendu/zoe"] = "3" * 40
    return raw.bundle(path)


def bundle_with_an_endless_head(_: RawObjects, path: Path) -> str:
    path.write_bytes(b"# v2 git bundle\n" + b"a" * 10_000_000)
    return str(path)


def bundle_with_many_heads(_: RawObjects, path: Path) -> str:
    path.write_bytes(b"# v2 git bundle\n" + b"".join(b"%040x refs/heads/%d\n" % (n, n) for n in range(100_000)) + b"\n")
    return str(path)


def bundle_of_a_part(raw: RawObjects, path: Path) -> str:
    raw.branch("zoe")
    return raw.bundle(path, head=b"# v3 git bundle\n@filter=blob:none\n")


def bundle_of_several(raw: RawObjects, path: Path) -> str:
    raw.references["refs/heads/essai"] = raw.commit(raw.tree([]))
    raw.references["refs/heads/main"] = raw.commit(raw.tree(raw.files()))
    return raw.bundle(path)


def bundle_of_a_blob(raw: RawObjects, path: Path) -> str:
    raw.references["refs/heads/rendu/zoe"] = raw.add("blob", b"x")
    return raw.bundle(path)


def bundle_with_a_bomb(raw: RawObjects, path: Path) -> str:
    bomb = raw.add("blob", bytes(50_000_000))
    raw.branch("zoe", raw.commit(raw.tree([*raw.files(), ("100644", "z.py", bomb)])))
    return raw.bundle(path)


def bundle_with_a_delta_bomb(raw: RawObjects, path: Path) -> str:
    raw.branch("zoe")
    base = raw.add("blob", bytes(0xFFFFFF))
    return raw.bundle(path, extra=[packed_object(REF_DELTA, copying_delta(0xFFFFFF, 220), base=base)])


def bundle_that_lies_about_a_size(raw: RawObjects, path: Path) -> str:
    raw.branch("zoe")
    return raw.bundle(path, extra=[packed_object(BLOB, b"short", size=3_000_000_000)])


def bundle_with_sha256(_: RawObjects, path: Path) -> str:
    there = path.parent.parent / "sha256"
    run(["git", "init", "-q", "--object-format=sha256", "-b", "rendu/zoe", str(there)])
    for name, data in PROGRAMS.items():
        (there / name).write_bytes(data)
    run(["git", "-C", str(there), "add", "."])
    run(["git", "-C", str(there), "-c", "user.name=x", "-c", "user.email=x", "commit", "-qm", "x"])
    run(["git", "-C", str(there), "bundle", "create", "-q", str(path), "rendu/zoe"])
    return str(path)


def run(command: list[str]) -> None:
    """Run a command of ours."""
    subprocess.run(command, check=True, timeout=30, stdin=subprocess.DEVNULL)


# Archives.


def nested(depth: int) -> bytes:
    """Zips in each other, the programs in the innermost."""
    data = zip_of(PROGRAMS)
    for _ in range(depth):
        data = zip_of({"rendu.zip": data})
    return data


def zip_in_zips(depth: int) -> Callable[[Path], str]:
    def make(here: Path) -> str:
        (here / "zoe.zip").write_bytes(nested(depth))
        return str(here)

    return make


def deep_names() -> dict[str, bytes]:
    """Folders in each other by the hundred, each way a different one."""
    return {f"{number}/" + "a/" * 450 + "x.py": b"" for number in range(1_000)}


def pythons() -> dict[str, bytes]:
    return {f"{number}/pyvenv.cfg": b"" for number in range(4_900)}


def zip_with_many(here: Path) -> str:
    zip_of({f"{number}.txt": b"" for number in range(30_000)}, here / "zoe.zip", zipfile.ZIP_STORED)
    return str(here)


def zip_with_two_of_one_name(here: Path) -> str:
    with zipfile.ZipFile(here / "zoe.zip", "w") as archive:
        for name, data in PROGRAMS.items():
            archive.writestr(name, data)
        archive.writestr("autre.py", b"")
        archive.filelist[-1].filename = "autre.py"
        info = zipfile.ZipInfo("etape1.pY")
        archive.writestr(info, b"import os")
    data = (here / "zoe.zip").read_bytes()
    (here / "zoe.zip").write_bytes(data.replace(b"etape1.pY", b"etape1.py"))
    return str(here)


def zip_with_a_link(here: Path) -> str:
    with zipfile.ZipFile(here / "zoe.zip", "w") as archive:
        for name, data in PROGRAMS.items():
            archive.writestr(name, data)
        info = zipfile.ZipInfo("secret.py")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        archive.writestr(info, b"/etc/passwd")
    return str(here)


def overlapping_zip(here: Path) -> str:
    """Many names for one piece of 10 MB (David Fifield: A better zip bomb)."""
    data = zip_of({"0000.py": bytes(10_000_000)})
    central, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry = data[central:end]
    many = b"".join(entry.replace(b"0000.py", b"%04d.py" % number) for number in range(10_000))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 10_000, 10_000, len(many), central, 0)
    (here / "zoe.zip").write_bytes(data[:central] + many + tail)
    return str(here)


def patched(at: int, value: bytes, name: bytes = b"etape1.py") -> Callable[[bytes], bytes]:
    """Changes a field of an entry, counted from the start of its line in the list that the zip ends with."""

    def change(data: bytes) -> bytes:
        start = data.index(name, data.index(b"PK\x01\x02")) - 46 + at
        return data[:start] + value + data[start + len(value) :]

    return change


def all_patched(at: int, value: bytes) -> Callable[[bytes], bytes]:
    """The same of the three programs."""

    def change(data: bytes) -> bytes:
        for name in PROGRAMS:
            data = patched(at, value, name.encode())(data)
        return data

    return change


def endless_list(data: bytes) -> bytes:
    """Says that its list is 4 GB long."""
    return data[:-10] + b"\xf0\xff\xff\xff" + data[-6:]


# Repositories.


FAR = "4" * 40
"""An object that a repository with traps says is to be fetched."""

HOOKS = ("post-checkout", "reference-transaction", "post-index-change", "pre-receive", "update", "fsmonitor-watchman",
         "post-merge", "pre-auto-gc", "proc-receive", "sendemail-validate", "pre-push", "post-rewrite")  # fmt: skip


def repository_with_traps(here: Path) -> str:
    """Every setting and hook that has ever run something, and an object that is only to be had by a command."""
    canary = here.parent / CANARY
    trap = f"touch {canary};false"
    raw = RawObjects()
    raw.branch("max")
    raw.branch("zoe", raw.commit(raw.tree([*raw.files(), ("100644", "loin.py", FAR)])))
    config = f"""
\trepositoryformatversion = 1
\tfsmonitor = "{trap}"
\tsshCommand = "{trap}"
\tgitProxy = "{trap}"
\thooksPath = hooks
\tpager = "{trap}"
\teditor = "{trap}"
\taskPass = "{trap}"
\talternateRefsCommand = "{trap}"
[alias]
\tupload-pack = "!{trap}"
\tpack-objects = "!{trap}"
[pager]
\tupload-pack = "{trap}"
\tpack-objects = "{trap}"
[uploadpack]
\tpackObjectsHook = "{trap}"
[credential]
\thelper = "!{trap}"
[protocol]
\tallow = always
[protocol "ext"]
\tallow = always
[protocol "file"]
\tallow = always
[extensions]
\tpartialClone = origin
[remote "origin"]
\turl = {here}
\tpromisor = true
\tuploadpack = "touch {canary};"
[remote "second"]
\turl = "ext::touch {canary}"
\tpromisor = true
[filter "x"]
\tsmudge = "{trap}"
\tclean = "{trap}"
\tprocess = "{trap}"
\trequired = true
[diff]
\texternal = "{trap}"
[gpg]
\tprogram = "{trap}"
[trace2]
\teventTarget = {canary}
"""
    path = Path(raw.write(here / "club.git", config=config))
    (path / "hooks").mkdir()
    for name in HOOKS:
        (path / "hooks" / name).write_text(f"#!/bin/sh\n{trap}\n")
        (path / "hooks" / name).chmod(0o755)
    return str(path)


def working_copy_with_traps(here: Path) -> str:
    """The same in the ``.git`` of a folder, whose own files nobody may check out or compare."""
    path = Path(repository_with_traps(here))
    (here / "club").mkdir()
    (path / "config").write_text((path / "config").read_text().replace("bare = true", "bare = false"))
    path.rename(here / "club" / ".git")
    (here / "club" / ".gitattributes").write_text("* filter=x diff=x\n")
    return str(here / "club")


def filtered(raw: RawObjects, canary: str) -> str:
    attributes = b"*.py filter=x working-tree-encoding=UTF-16 export-subst ident text eol=crlf\n"
    modules = f'[submodule "x"]\n\tpath = sous\n\turl = ext::touch% {canary}\n\tupdate = !touch {canary}\n'.encode()
    more = raw.files({".gitattributes": attributes, ".gitmodules": modules})
    return raw.commit(raw.tree([*more, *raw.files(), ("160000", "sous", "5" * 40)]))


def many_branches(here: Path) -> str:
    raw = RawObjects()
    good = raw.branch("zoe")
    raw.references |= {f"refs/heads/rendu/e{number}": good for number in range(10_000)}
    return raw.write(here / "club.git")


def many_others(here: Path) -> str:
    """Branches and tags that are nobody's hand-in lead to what cannot be fetched."""
    raw = RawObjects()
    raw.branch("zoe")
    raw.references |= {f"refs/heads/autre/{number}": "6" * 40 for number in range(2_000)}
    raw.references |= {f"refs/tags/rendu/{number}": "6" * 40 for number in range(2_000)}
    raw.references |= {"refs/heads/rendus/x": "6" * 40, "refs/heads/xrendu/x": "6" * 40, "refs/notes/rendu/x": "6" * 40}
    return raw.write(here / "club.git")


ODD_NAMES = {
    "Zoé B.": "zoe-b",
    "Zoe\u0301-b": "zoe-b-3",
    "zoe-b": "zoe-b-2",
    "\U0001f600": "sans-nom",
    '=HYPERLINK("http,,x")': "hyperlink-http-x",
    "main": "main",
    "HEAD": "head",
    "con": "eleve-con",
    "-oProxyCommand=x": "oproxycommand-x",
    "--upload-pack=x": "upload-pack-x",
    "a/b/c": "a-b-c",
    "$(touch x)": "touch-x",
    "`touch x`": "touch-x-2",
    "x" * 40: "x" * 32,
    "été' OR 1=1;--": "ete-or-1-1",
    "<script>alert(1)</script>": "script-alert-1-script",
    "refs/heads/rendu/x": "refs-heads-rendu-x",
}


def odd_names(here: Path) -> str:
    raw = RawObjects()
    for name in ODD_NAMES:
        raw.branch(name.replace(" ", "\u00a0").replace("B.", "B"))
    return raw.write(here / "club.git")


def huge_tree(raw: RawObjects, _: str) -> str:
    some = raw.add("blob", b"x")
    return raw.commit(raw.tree([*raw.files(), *(("100644", f"z{number:06}", some) for number in range(100_000))]))


def deep_tree(raw: RawObjects, _: str) -> str:
    tree = raw.tree([])
    for _depth in range(1_000):
        tree = raw.tree([("40000", "z", tree)])
    return raw.commit(raw.tree([*raw.files(), ("40000", "z", tree)]))


def tree_bomb(raw: RawObjects, _: str) -> str:
    """Ten folders of ten folders of …: 10^10 files in 11 objects (Kate Murphy: Exploding Git Repositories)."""
    some = raw.add("blob", b"x")
    tree = raw.tree([("100644", f"f{number}", some) for number in range(10)])
    for _depth in range(9):
        tree = raw.tree([("40000", f"d{number}", tree) for number in range(10)])
    return raw.commit(raw.tree([*raw.files(), ("40000", "zz", tree)]))


def huge_blob(raw: RawObjects, _: str) -> str:
    return raw.commit(raw.tree([*raw.files(), ("100644", "film.mp4", raw.add("blob", os.urandom(21_000_000)))]))


def huge_commit(raw: RawObjects, _: str) -> str:
    return raw.commit(raw.tree(raw.files()), more="\0" * 20_000_000)


def long_history(raw: RawObjects, _: str) -> str:
    tree = raw.tree(raw.files())
    commit = raw.commit(tree)
    for number in range(1_000):
        commit = raw.commit(tree, commit, when=f"{WHEN_S + number} +0000")
    return commit


def dated(when: str) -> Callable[[RawObjects, str], str]:
    return lambda raw, _: raw.commit(raw.tree(raw.files()), when=when)


def missing_blob(raw: RawObjects, _: str) -> str:
    return raw.commit(raw.tree([("100644", "client.py", "7" * 40), *raw.files()[1:]]))


def not_a_commit(kind: str) -> Callable[[RawObjects, str], str]:
    return lambda raw, _: raw.add(kind, b"garbage")


def damaged_object(here: Path) -> str:
    make = in_branch(lambda raw, _: raw.commit(raw.tree(raw.files({"etape1.py": b"the only one like this"}))))
    path = Path(make(here))
    for file in path.glob("objects/??/*"):
        if b"only one" in zlib.decompress(file.read_bytes()):
            file.write_bytes(b"not what was written here")
    return str(path)


def only_folders(here: Path) -> str:
    """Hand-ins on the main branch, some of them no folders."""
    raw = RawObjects()
    good = raw.tree(raw.files())
    packed = raw.add("blob", zip_of(PROGRAMS))
    folder = raw.tree(
        [
            ("120000", "lien", raw.add("blob", b"/etc")),
            ("40000", "max", good),
            ("100644", "lea.rendu", packed),
            ("100644", "LISEZMOI.md", packed),
            ("160000", "sous", "8" * 40),
            ("40000", "..", good),
            ("40000", ".git", good),
        ]
    )
    first = raw.commit(
        raw.tree([("40000", "rendus", raw.tree([("40000", "max", raw.tree([]))]))]), when=f"{WHEN_S - 9} +0000"
    )
    raw.references["refs/heads/main"] = raw.commit(raw.tree([("40000", "rendus", folder)]), first)
    return raw.write(here / "club.git")


def main_branch_without_files(here: Path) -> str:
    """A file on the main branch is missing: nothing can be had, which must not look as if nobody were there."""
    raw = RawObjects()
    folder = raw.tree([("40000", "zoe", raw.tree([("100644", "etape1.py", FAR)]))])
    raw.references["refs/heads/main"] = raw.commit(raw.tree([("40000", "rendus", folder)]))
    return raw.write(here / "club.git")


def shallow(here: Path) -> str:
    path = Path(in_branch(lambda raw, _: raw.commit(raw.tree(raw.files()), "9" * 40))(here))
    commit = next(
        line.split()[0] for line in (path / "packed-refs").read_text().splitlines() if line.endswith("rendu/zoe")
    )
    (path / "shallow").write_text(commit + "\n")
    return str(path)


def cyclic_alternates(here: Path) -> str:
    path = Path(in_branch(listing())(here))
    (path / "objects" / "info").mkdir()
    (path / "objects" / "info" / "alternates").write_text(f"{path}/objects\n/dev/zero\n../../club.git/objects\n")
    return str(path)


def replaced(here: Path) -> str:
    """Another commit takes the place of each (git-replace(1))."""
    raw = RawObjects()
    commit = raw.branch("zoe")
    raw.references[f"refs/replace/{commit}"] = raw.commit(raw.tree([]))
    return raw.write(here / "club.git")


def grafted(here: Path) -> str:
    path = Path(in_branch(dated(f"{WHEN_S + 1} +0000"))(here))
    commit = (path / "packed-refs").read_text().splitlines()[1].split()[0]
    (path / "info").mkdir()
    (path / "info" / "grafts").write_text(f"{commit} {'a' * 40}\n")
    return str(path)


def looping_head(here: Path) -> str:
    raw = RawObjects()
    raw.branch("zoe")
    return raw.write(here / "club.git", head="ref: HEAD")


def led_elsewhere(here: Path) -> str:
    """A ``.git`` that is a file and leads to nowhere, in a folder of folders."""
    fill(here / "club" / "zoe")
    (here / "club" / ".git").write_text("gitdir: /proc/self/cwd/nowhere\n")
    return str(here / "club")


def foreign(here: Path) -> str:
    path = in_branch(listing())(here)
    if os.geteuid() == 0:
        for folder, _, files in os.walk(path):
            for name in (folder, *(os.path.join(folder, file) for file in files)):
                os.chown(name, 12345, 12345)
    return path


def empty_repository(here: Path) -> str:
    return RawObjects().write(here / "club.git")


def unknown_extension(here: Path) -> str:
    raw = RawObjects()
    raw.branch("zoe")
    config = "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tnobodyKnows = true\n"
    return raw.write(here / "club.git", config=config)


# Folders.


def fill(folder: Path, files: dict[str, bytes] = PROGRAMS) -> Path:
    """Write files into a new folder."""
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def in_folder(change: Callable[[Path], object]) -> Callable[[Path], str]:
    """The programs in a folder « zoe », to which something was added."""

    def make(here: Path) -> str:
        fill(here / "zoe")
        change(here / "zoe")
        return str(here)

    return make


def sparse(folder: Path) -> None:
    with open(folder / "film.py", "wb") as file:
        file.truncate(1 << 40)


def listening(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        before = os.getcwd()
        os.chdir(folder)  # a path of a socket has 108 bytes at most
        server.bind("prise.py")
        os.chdir(before)


def linked_program(folder: Path) -> None:
    (folder / "etape1.py").unlink()
    (folder / "etape1.py").symlink_to("/etc/passwd")


def only_rar(folder: Path) -> None:
    for name in PROGRAMS:
        (folder / name).unlink()
    (folder / "travail.rar").write_bytes(b"Rar!")


def many_files(folder: Path) -> None:
    for number in range(6_000):
        (folder / f"z{number}").touch()


def environment(folder: Path) -> None:
    fill(folder / "monpython" / "lib", {"etape1.py": b"x"})
    (folder / "monpython" / "pyvenv.cfg").write_text("home = /usr\n")


def links_side_by_side(here: Path) -> str:
    fill(here / "zoe")
    (here / "tout").symlink_to("/")
    (here / "moi").symlink_to(here)
    (here / "rond").symlink_to("rond")
    (here / "rond.zip").symlink_to("rond.zip")
    (here / "passwd.zip").symlink_to("/etc/passwd")
    (here / "nulle-part.rendu").symlink_to("/nowhere")
    os.mkfifo(here / "tube.rendu")
    return str(here)


def same_name_twice(here: Path) -> str:
    fill(here / "Zoé")
    fill(here / "zoe!")
    fill(here / "zoe")
    fill(here / "!!!")
    return str(here)


# Moodle.


def moodle(files: dict[str, bytes]) -> Callable[[Path], str]:
    """What Moodle lets one download."""

    def make(here: Path) -> str:
        zip_of(files, here / "Rendus-Chat-1234.zip")
        return str(here / "Rendus-Chat-1234.zip")

    return make


def of(name: str, number: int, files: dict[str, bytes]) -> dict[str, bytes]:
    """One participant's files in it."""
    return {f"{name}_{number}_assignsubmission_file_/{path}": data for path, data in files.items()}


def raw_bundle(name: str) -> bytes:
    """A .rendu of git's."""
    raw = RawObjects()
    raw.branch(name)
    with tempfile.TemporaryDirectory() as folder:
        return Path(raw.bundle(Path(folder) / "x")).read_bytes()


MOODLE = {
    **of("Zoé Dupont", 11, PROGRAMS),
    **of("Max Petit", 12, {"max-p.rendu": raw_bundle("max-p")}),
    **of("Léa Le Gall", 13, {"Lea_Le_Gall.zip": zip_of(PROGRAMS)}),
    **of("Jean Dupont", 14, {"Jean Dupont/etape1.py": PROGRAMS["etape1.py"]}),
    **of("Ali Ben", 15, {"bombe.zip": zip_of({"etape1.py": bytes(50_000_000)})}),
    **{f"Ana Sy_16_assignsubmission_file_{name}": data for name, data in PROGRAMS.items()},
    "Tom Roy_17_assignsubmission_onlinetext_/onlinetext.html": b"<p>fini</p>",
    **of("Paul Durand", 18, {"Paul-Durand.rendu": zip_of(PROGRAMS)}),
    **of("Nina Roux", 19, {"max-p.rendu": zip_of(PROGRAMS)}),
    **of("Eva Noir", 21, {"max-p-19.rendu": zip_of(PROGRAMS)}),
    **of("Rar Rar", 20, {"travail.rendu": b"Rar!\x1a\x07"}),
}
MOODLE_ROWS: Rows = {
    "eleve-11": (READ, ""),
    "max-p": (READ, ""),
    "eleve-13": (READ, ""),
    "eleve-14": (READ, "un dossier plus bas (« … »)"),
    "eleve-15": (WITHOUT, "trop gros"),
    "eleve-16": (READ, ""),
    "eleve-17": (WITHOUT, "texte"),
    "eleve-18": (READ, ""),
    "max-p-19": (READ, ""),
    "max-p-19-21": (READ, ""),
    "travail": (UNREADABLE, "rar"),
}


BIG = b"#" * 6_000_000

SOURCES = (
    Hostile("a bundle that was cut", bundled(cut_bundle), with_max(UNREADABLE, "abîmé")),
    Hostile("a bundle without objects", bundled(bundle_without_objects), with_max(UNREADABLE, "abîmé")),
    Hostile("a bundle that needs another", bundled(bundle_of_the_rest), with_max(UNREADABLE, "suite d'un autre")),
    Hostile("a bundle that names what it lacks", bundled(bundle_that_names_nothing), with_max(UNREADABLE, "manque")),
    Hostile("a bundle with an endless head", bundled(bundle_with_an_endless_head), with_max(UNREADABLE, "abîmé")),
    Hostile("a bundle with 100,000 heads", bundled(bundle_with_many_heads), with_max(UNREADABLE, "abîmé")),
    Hostile("a bundle of a part", bundled(bundle_of_a_part), with_max(UNREADABLE, "suite d'un autre")),
    Hostile("a bundle of several branches", bundled(bundle_of_several), with_max(READ, "« main » est prise")),
    Hostile("a bundle of a file only", bundled(bundle_of_a_blob), with_max(UNREADABLE, "abîmé")),
    Hostile("a bundle with 50 MB in 50 kB", bundled(bundle_with_a_bomb), with_max(READ, "trop gros")),
    Hostile("a bundle with 3 GB in 2 kB", bundled(bundle_with_a_delta_bomb), with_max(UNREADABLE, "abîmé")),
    Hostile("a bundle that lies on a size", bundled(bundle_that_lies_about_a_size), with_max(UNREADABLE, "abîmé")),
    Hostile("a bundle with SHA-256", bundled(bundle_with_sha256), with_max(READ, "")),
    Hostile("a zip with 50 MB in 50 kB", in_zip({"z.py": bytes(50_000_000)}), {"zoe": (READ, "trop gros")}),
    Hostile("a zip whose program is a bomb", in_zip({"etape1.py": bytes(50_000_000)}), {"zoe": (WITHOUT, "trop gros")}),
    Hostile("a zip that lies on a size", changed_zip(patched(24, b"\x05\0\0\0")), {"zoe": (WITHOUT, "abîmé")}),
    Hostile("a zip with a wrong checksum", changed_zip(patched(16, b"\x05\0\0\0")), {"zoe": (WITHOUT, "abîmé")}),
    Hostile("a zip with 10,000 names for one", overlapping_zip, {"zoe": (WITHOUT, "laissé de côté")}),
    Hostile("a zip with 30,000 names", zip_with_many, {"zoe": (UNREADABLE, "trop de noms")}),
    Hostile("a zip whose list is 4 GB long", changed_zip(endless_list), {"zoe": (UNREADABLE, "abîmée")}),
    Hostile(
        "a zip with two of one name",
        zip_with_two_of_one_name,
        {"zoe": (READ, "« etape1.py » : laissé de côté (ce nom")},
    ),
    Hostile("a zip with two capitals", in_zip({"Etape1.py": b""}), {"zoe": (READ, "« Etape1.py » : laissé")}),
    Hostile("a zip with a file that is a folder", in_zip({"a": b"", "a/b": b""}), {"zoe": (READ, "« a/b » : laissé")}),
    Hostile("a zip that leads up", in_zip({"../../../canary": b"x"}), {"zoe": (READ, "« ../../../canary » : laissé")}),
    Hostile("a zip that leads to the root", in_zip({"/tmp/x.py": b"x"}), {"zoe": (READ, "« /tmp/x.py » : laissé")}),
    Hostile(
        "a zip that leads to a drive", in_zip({"C:\\Users\\x.py": b"x"}), {"zoe": (READ, "« C:/Users/x.py » : laissé")}
    ),
    Hostile(
        "a zip that leads up by backslashes", in_zip({"..\\..\\x.py": b"x"}), {"zoe": (READ, "« ../../x.py » : laissé")}
    ),
    Hostile("a zip with a NUL in a name", in_zip({"a\0.py": b"x"}), {"zoe": (READ, "a\\x00.py » : laissé")}),
    Hostile(
        "a zip with a device's name",
        in_zip({"con.py": b"x", "lib/NUL": b""}),
        {"zoe": (READ, "« con.py », « lib/NUL »")},
    ),
    Hostile("a zip with an endless name", in_zip({"x" * 5_000: b"x"}), {"zoe": (READ, "laissé de côté (ce nom")}),
    Hostile(
        "a zip with escapes in a name",
        in_zip({"\x1b[31mrouge.py": b"x"}),
        {"zoe": (READ, "\\x1b[31mrouge.py » : laissé")},
    ),
    Hostile("a zip of folders without end", in_zip(deep_names()), {"zoe": (READ, "les uns dans les autres")}),
    Hostile("a zip with 5,000 Pythons", in_zip(pythons()), {"zoe": (READ, "")}),
    Hostile("a zip with a link", zip_with_a_link, {"zoe": (READ, "un lien n'est jamais suivi")}),
    Hostile("a zip with a password", changed_zip(all_patched(8, b"\x01\0")), {"zoe": (UNREADABLE, "mot de passe")}),
    Hostile(
        "a zip that needs 4 GB for its rules",
        changed_zip(all_patched(10, b"\x0e\0")),
        {"zoe": (WITHOUT, "compression")},
    ),
    Hostile("a zip by rules of the future", changed_zip(all_patched(10, b"\x63\0")), {"zoe": (WITHOUT, "compression")}),
    Hostile("a zip of the future", changed_zip(patched(6, b"\xff\0")), {"zoe": (UNREADABLE, "abîmée")}),
    Hostile("a zip that was cut", changed_zip(lambda data: data[:-60]), {"zoe": (UNREADABLE, "abîmée")}),
    Hostile("a zip of zeros", changed_zip(lambda data: data[:4] + bytes(len(data))), {"zoe": (UNREADABLE, "abîmée")}),
    Hostile("a zip with a date of 2107", changed_zip(all_patched(14, b"\xff\xff")), {"zoe": (READ, "l'avenir")}),
    Hostile("a zip in a zip", zip_in_zips(1), {"zoe": (READ, "« rendu.zip »")}),
    Hostile("a zip in a zip in a zip", zip_in_zips(2), {"zoe": (UNREADABLE, "encore une archive")}),
    Hostile(
        "a zip with a repository", in_zip({".git/hooks/post-checkout": b"x"}), {"zoe": (READ, "« .git » : laissé")}
    ),
    Hostile(
        "a zip with more than is taken",
        in_zip({f"{n}.txt": b"" for n in range(999)}),
        {"zoe": (READ, "Trop de fichiers")},
    ),
    Hostile("a zip with a bundle that is none", in_zip({"a.rendu": b"# v2 git bundle\n"}), {"zoe": (READ, "")}),
    Hostile("a repository with traps", repository_with_traps, with_max(UNREADABLE, "*")),
    Hostile("a working copy with traps", working_copy_with_traps, with_max(UNREADABLE, "*")),
    Hostile("filters, encodings and submodules", in_branch(filtered), with_max(READ, "« sous » : laissé")),
    Hostile("10,000 branches", many_branches, {f"e{n}": (READ, "") for n in range(10_000)} | ZOE, within_s=100),
    Hostile("other branches by the thousand", many_others, ZOE),
    Hostile("odd names", odd_names, dict.fromkeys(ODD_NAMES.values(), (READ, "*"))),
    Hostile("a folder with 100,000 names", in_branch(huge_tree), with_max(UNREADABLE, "trop de noms")),
    Hostile("1,000 folders in each other", in_branch(deep_tree), with_max(READ, "")),
    Hostile("10,000,000,000 files in 11 objects", in_branch(tree_bomb), with_max(READ, "Trop de fichiers")),
    Hostile("a huge file in a branch", in_branch(huge_blob), with_max(READ, "trop gros")),
    Hostile("1,000 commits", in_branch(long_history), with_max(READ, "")),
    Hostile("a commit of the year 9999", in_branch(dated("253370764800 +0000")), with_max(READ, "")),
    Hostile("a commit of the year 2100", in_branch(dated("4102444800 +0000")), with_max(READ, "l'avenir")),
    Hostile("a commit of 1970", in_branch(dated("1 +0000")), with_max(READ, "un passé lointain")),
    Hostile("a commit with no time", in_branch(dated("x")), with_max(READ, "")),
    Hostile(
        "a branch that lacks a file", in_branch(missing_blob), with_max(UNREADABLE, "un morceau y est abîmé ou manque")
    ),
    Hostile("a branch that is a folder", in_branch(not_a_commit("tree")), with_max(UNREADABLE, "*")),
    Hostile("a branch that is a file", in_branch(not_a_commit("blob")), with_max(UNREADABLE, "*")),
    Hostile("a damaged object", damaged_object, with_max(UNREADABLE, "un morceau y est abîmé ou manque")),
    Hostile("a commit of 20 MB", in_branch(huge_commit), with_max(UNREADABLE, "démesuré")),
    Hostile("a rar in a folder", in_folder(only_rar), {"zoe": (UNREADABLE, "« travail.rar »")}),
    Hostile("a link in a branch", in_branch(listing(("120000", "lien.py", "blob"))), with_max(READ, "un lien n'est")),
    Hostile(
        "a name with a slash in a branch", in_branch(listing(("100644", "a/../../x", "blob"))), with_max(READ, "« /a/")
    ),
    Hostile("a way up in a branch", in_branch(listing(("100644", "..", "blob"))), with_max(READ, "« .. »")),
    Hostile("an empty name in a branch", in_branch(listing(("100644", "", "blob"))), with_max(UNREADABLE, "*")),
    Hostile("a repository in a branch", in_branch(listing(("100644", ".GIT", "blob"))), with_max(READ, "« .git »")),
    Hostile(
        "two of one name in a branch",
        in_branch(listing(("100644", "etape1.py", "blob"))),
        with_max(READ, "ce nom y est"),
    ),
    Hostile(
        "bytes that are no letters", in_branch(listing(("100644", b"\xff\xfe", "blob"))), with_max(READ, "\\udcff")
    ),
    Hostile("a mode that nobody knows", in_branch(listing(("60000", "disque", "blob"))), with_max(READ, "« disque »")),
    Hostile(
        "hand-ins that are no folders",
        only_folders,
        {"max": (READ, ""), "lea": (READ, ""), "lien": (UNREADABLE, "lien"), "sous": (UNREADABLE, "submodule")},
    ),
    Hostile("a main branch that lacks a file", main_branch_without_files, refused="Le dossier rendus/ de"),
    Hostile("a repository that is cut off", shallow, with_max(READ, "")),
    Hostile("objects elsewhere, in a circle", cyclic_alternates, with_max(READ, "")),
    Hostile("commits that are replaced", replaced, ZOE),
    Hostile("commits with other parents", grafted, with_max(READ, "") | {"max": (UNREADABLE, "*")}),
    Hostile("a HEAD that leads to itself", looping_head, ZOE, refused="*"),
    Hostile("a repository that is elsewhere", led_elsewhere, ZOE),
    Hostile("a repository of somebody else's", foreign, with_max(READ, "")),
    Hostile("an empty repository", empty_repository),
    Hostile("a repository by rules of the future", unknown_extension, refused="plus récent"),
    Hostile("a folder with a file of 1 TB", in_folder(sparse), {"zoe": (READ, "trop gros")}),
    Hostile(
        "a folder with a pipe",
        in_folder(lambda zoe: os.mkfifo(zoe / "tube.py")),
        {"zoe": (READ, "« tube.py » : laissé")},
    ),
    Hostile("a folder with a socket", in_folder(listening), {"zoe": (READ, "« prise.py » : laissé")}),
    Hostile(
        "a folder with a circle",
        in_folder(lambda zoe: (zoe / "z").symlink_to(zoe)),
        {"zoe": (READ, "un lien n'est jamais")},
    ),
    Hostile("a program that is a link", in_folder(linked_program), {"zoe": (WITHOUT, "« etape1.py » : laissé")}),
    Hostile("a folder with 6,000 files", in_folder(many_files), {"zoe": (READ, "Trop de fichiers")}),
    Hostile("a folder with a Python in it", in_folder(environment), ZOE),
    Hostile(
        "a folder with an odd name",
        in_folder(lambda zoe: (zoe / "a\nb\x1b[2J.py").touch()),
        {"zoe": (READ, "a\\nb\\x1b")},
    ),
    Hostile(
        "a folder with no letters",
        in_folder(lambda zoe: open(os.fsencode(zoe) + b"/\xff", "w").close()),
        {"zoe": (READ, "\\udcff")},
    ),
    Hostile(
        "a folder with too much",
        in_folder(lambda zoe: (zoe / "gros.py").write_bytes(BIG)),
        {"zoe": (READ, "trop gros")},
    ),
    Hostile(
        "links side by side",
        links_side_by_side,
        ZOE | dict.fromkeys(("tout", "moi", "rond", "passwd", "nulle-part", "tube"), (UNREADABLE, "ordinaire")),
    ),
    Hostile(
        "one pseudonym for several",
        same_name_twice,
        {"zoe": (READ, ""), "zoe-2": (READ, "même"), "zoe-3": (READ, "même"), "sans-nom": (READ, "pas un pseudonyme")},
    ),
    Hostile("what Moodle gives", moodle(MOODLE), MOODLE_ROWS),
    Hostile("a file that is not there", lambda here: str(here / "rien"), refused="n'existe pas"),
    Hostile("a device", lambda _: "/dev/zero", refused="ni un dossier, ni un fichier"),
    Hostile("a command for an address", lambda here: f"ext::touch {here.parent / CANARY}", refused="n'existe pas"),
    Hostile("a transport that is a command", lambda here: f"ext://touch {here.parent / CANARY}", refused="permise"),
    Hostile(
        "an option for an address", lambda here: f"--upload-pack=touch {here.parent / CANARY}", refused="n'existe pas"
    ),
    Hostile(
        "an option for ssh", lambda here: f"ssh://-oProxyCommand=touch%20{here.parent / CANARY}/x", refused="dépôt"
    ),
    Hostile("nobody at an address", lambda _: "git://127.0.0.1:9/club.git", refused="personne n'y répond"),
)
"""All of them."""
