"""What one submission does changes nothing for the next: it leaves nothing to find, and the grader as it was."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.harness.launcher import Launcher
from tests.harness.test_confine import grants_namespaces, private, shared, shown_by, strong
from tests.submissions.hostile import LIE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it looks at what Linux keeps between programs")

ROOT = Path(__file__).parents[1]

# --- what one leaves, the other does not find -------------------------------------------------------------------------


@dataclass(frozen=True)
class Channel:
    """A way to leave a word to somebody else, without being there when it is read.

    Attributes:
        leaves: Python that leaves the bytes ``word`` under the name ``name``, whatever it costs.
        finds: Python that puts what it finds there into ``found``.
        only_forte: whether nothing less than a strong isolation closes it.
    """

    leaves: str
    finds: str
    only_forte: bool = False


LIBC = "import ctypes; libc = ctypes.CDLL(None, use_errno=True)\n"
RING = LIBC + "add, control = {'x86_64': (248, 250), 'aarch64': (217, 219)}[__import__('os').uname().machine]\n"
KEYS = """
import os
def of_user():
    for line in open("/proc/keys"):
        if " _uid." in line:
            ring = int(line.split()[0], 16)
            libc.syscall(control, 8, ring, -3)
            yield ring
rings = {"user": [-4], "session": [-3], "by number": of_user()}["@RING@"]
"""
LEAVES_KEY = RING + KEYS + "for ring in rings:\n    key = libc.syscall(add, b'user', name, word, len(word), ring)\n"
FINDS_KEY = (
    RING + KEYS + "room = ctypes.create_string_buffer(99)\nfor ring in rings:\n"
    "    key = libc.syscall(control, 10, ring, b'user', name, 0)\n"
    "    size = libc.syscall(control, 11, key, room, 99)\n"
    "    libc.syscall(control, 9, key, ring)\n"
    "    found = room.raw[:max(size, 0)] or found\n"
)


def key(ring: str) -> Channel:
    """A key in one of the kernel's rings (keyrings(7)); who finds it takes it away."""
    return Channel(LEAVES_KEY.replace("@RING@", ring), FINDS_KEY.replace("@RING@", ring))


def file(path: str, *, only_forte: bool = False) -> Channel:
    """A file with a name that both know; who finds it takes it away."""
    return Channel(
        f"open({path!r} + name.decode(), 'wb').write(word)\n",
        f"import os\nfound = open({path!r} + name.decode(), 'rb').read()\nos.unlink({path!r} + name.decode())\n",
        only_forte,
    )


MEMORY = LIBC + "import zlib\nnumber = zlib.crc32(name) >> 1\n"
GROUP = (
    "import os\nfolders = (folder for folder, _, _ in os.walk('/sys/fs/cgroup') if os.access(folder, os.W_OK))\n"
    "folder = next(folders, '/nowhere') + '/'\n"  # a desktop gives one to each user
)
CHANNELS = {
    "key of the user": key("user"),
    "key of the session": key("session"),
    "key by number": key("by number"),
    "shared memory of System V": Channel(
        MEMORY + "libc.shmat.restype = ctypes.c_void_p\n"
        "place = libc.shmat(libc.shmget(number, 4096, 0o1666), None, 0)\nctypes.memmove(place, word, len(word))\n",
        MEMORY + "libc.shmat.restype = ctypes.c_void_p\nshared = libc.shmget(number, 4096, 0)\n"
        "place = libc.shmat(shared, None, 0)\nif shared >= 0:\n    found = ctypes.string_at(place, 32)\n"
        "    libc.shmctl(shared, 0, None)\n",
    ),
    "queue of System V": Channel(
        MEMORY + "libc.msgsnd(libc.msgget(number, 0o1666), b'\\1' + bytes(7) + word, len(word), 0o4000)\n",
        MEMORY + "queue = libc.msgget(number, 0)\nroom = ctypes.create_string_buffer(99)\n"
        "if libc.msgrcv(queue, room, 90, 0, 0o4000) > 0:\n    found = room.raw[8:]\nlibc.msgctl(queue, 0, None)\n",
    ),
    "queue of POSIX": Channel(
        LIBC + "import os\nqueue = libc.mq_open(b'/' + name, os.O_CREAT | os.O_RDWR, 0o666, None)\n"
        "libc.mq_send(queue, word, len(word), 0)\n",
        LIBC + "import os\nqueue = libc.mq_open(b'/' + name, os.O_RDWR | os.O_NONBLOCK)\n"
        "room = ctypes.create_string_buffer(9000)\nif libc.mq_receive(queue, room, 9000, None) > 0:\n"
        "    found = room.raw[:99]\nlibc.mq_unlink(b'/' + name)\n",
    ),
    "shared memory of POSIX": file("/dev/shm/"),
    "multiprocessing's memory": Channel(
        "from multiprocessing import resource_tracker, shared_memory\n"
        "memory = shared_memory.SharedMemory(name.decode(), create=True, size=99)\n"
        "memory.buf[:len(word)] = word\nresource_tracker.unregister(memory._name, 'shared_memory')\n",
        "from multiprocessing import shared_memory\nmemory = shared_memory.SharedMemory(name.decode())\n"
        "found = bytes(memory.buf[:99])\nmemory.unlink()\n",
    ),
    "abstract socket": Channel(
        "import os, socket\nfor number in (1, 2):\n    if os.fork():\n        break\n    os.setsid()\nelse:\n"
        "    server = socket.socket(socket.AF_UNIX)\n    server.bind(b'\\0' + name)\n    server.listen()\n"
        "    server.settimeout(10)\n    os.closerange(0, server.fileno())\n    os.closerange(server.fileno() + 1, 99)\n"
        "    server.accept()[0].sendall(word)\n    os._exit(0)\n",
        "import socket\nclient = socket.socket(socket.AF_UNIX)\nclient.connect(b'\\0' + name)\n"
        "found = client.recv(99)\n",
    ),
    "control group": Channel(
        GROUP + "os.mkdir(folder + name.decode())\n",
        GROUP + "os.rmdir(folder + name.decode())\nfound = b'the word'\n",
    ),
    "folder of the copies": file("../"),
    "folder for temporary files": file("/tmp/", only_forte=True),
    "folder of the home": file(os.path.expanduser("~/."), only_forte=True),
}
"""All that Linux may keep of a program that has ended."""

SPOKEN = "print(found)"


def left_and_found(channel: Channel, first: Launcher, second: Launcher, folder: Path) -> str:
    """What B finds of what A has left."""
    name = f"chatpy-{os.urandom(6).hex()}"
    head = f"name, word, found = {name!r}.encode(), b'the word', b''\n"
    for launcher, place, words in ((first, "A", channel.leaves), (second, "B", channel.finds)):
        tried = "".join(f"    {line}\n" for line in words.splitlines())
        program = f"{head}try:\n{tried}except OSError as error:\n    print(error)\n{SPOKEN}"
        shown = shown_by(launcher, folder / place, program)
    return shown


def levels() -> list[Callable[[], Launcher]]:
    """The ways of starting programs in which one leaves nothing to the next."""
    return [private, strong]


@pytest.mark.parametrize("same", [True, False], ids=["one launcher", "two launchers"])
@pytest.mark.parametrize("level", levels(), ids=["simple", "forte"])
@pytest.mark.parametrize("name", CHANNELS)
def test_a_program_finds_nothing_of_another_submissions(
    name: str, level: Callable[[], Launcher], same: bool, tmp_path: Path
) -> None:
    channel = CHANNELS[name]
    if level is private and (channel.only_forte or not grants_namespaces()):
        pytest.skip("this system keeps it, as it does for everybody")
    with closing(level()) as first, closing(first if same else level()) as second:
        shown = left_and_found(channel, first, second, tmp_path)
    assert "the word" not in shown
    assert "b''" in shown


@pytest.mark.parametrize("name", [name for name in CHANNELS if "key" in name or "System V" in name or "queue" in name])
def test_without_namespaces_nothing_stays_in_the_kernel(name: str, tmp_path: Path) -> None:
    with closing(shared()) as launcher:
        assert "the word" not in left_and_found(CHANNELS[name], launcher, launcher, tmp_path)


# --- nothing of whoever grades shows ----------------------------------------------------------------------------------

SHOWS = """
import os, pwd, grp, socket, sys, threading
texts = ["".join(f"{name}={value};" for name, value in os.environ.items()), repr(sys.path), repr(sys.orig_argv)]
for number in filter(str.isdigit, os.listdir("/proc")):
    for name in ("cmdline", "environ", "cgroup", "comm"):
        try:
            texts.append(open(f"/proc/{number}/{name}").read().replace("\\0", " "))
        except OSError:
            pass
texts.append(threading.Thread.start.__code__.co_filename)
texts += [open(f"/etc/{name}").read() for name in sorted(os.listdir("/etc")) if name in ("passwd", "group", "hosts")]
user = pwd.getpwuid(os.getuid())
group, home = grp.getgrgid(os.getgid()).gr_name, os.path.expanduser("~" + user.pw_name)
texts.append(f"I am {user.pw_name} of {group} at {user.pw_dir}, {home}")
texts.append(f"on {socket.gethostname()} at {socket.gethostbyname(socket.gethostname())}")
print("\\n".join(texts))
"""


def test_strong_isolation_shows_no_name_of_whoever_grades(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"/somewhere/of/mine:{os.environ['PATH']}")
    with closing(strong()) as launcher:
        shown = shown_by(launcher, tmp_path / "rendu", SHOWS)
    assert "I am eleve of eleve at /eleve, /eleve" in shown
    assert "on chatpy at 127.0." in shown
    python = {sys.prefix, sys.base_prefix, os.path.dirname(os.path.realpath(sys.executable))}
    for path in sorted(python, key=len, reverse=True):  # Python's own may be in a home
        shown = shown.replace(path, "")
    secrets = {str(ROOT), os.path.expanduser("~") + "/", "/somewhere/of/mine", str(tmp_path)}
    assert {one for one in secrets if one in shown} == set()


def test_a_program_is_shown_by_its_own_name(tmp_path: Path) -> None:
    with closing(private()) as launcher:
        shown = shown_by(launcher, tmp_path / "rendu", "print(open('/proc/self/cmdline').read().split('\\0')[:2])")
    assert shown.strip() == "['python', 'etape1.py']"


# --- what the system refuses is not the student's ---------------------------------------------------------------------


@pytest.mark.parametrize("level", ["simple", "forte"])
@pytest.mark.parametrize("most", [0, 1, 2, 4, 8])
def test_few_namespaces_are_told_and_never_scored(most: int, level: str) -> None:
    """The reference has its 20 points, or none are given nor taken."""
    few = ["unshare", "-Ur", "sh", "-c", f'echo {most} > /proc/sys/user/max_user_namespaces && exec "$@"', "sh"]
    command = [*few, sys.executable, "-m", "grader", "reference", "--json", "-", "--isolation", level]
    if level == "forte":
        strong().close()  # skips where there is no bubblewrap
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    if done.returncode == 0:
        assert json.loads(done.stdout)["score"] == 20
    else:
        assert done.returncode in (3, 4)
        assert done.stdout == ""
        assert "Traceback" not in done.stderr


# --- the grader stays as it was ---------------------------------------------------------------------------------------

WRITES = {
    "a source": "open(explain, 'a').write(lie)",
    "a source, with its old times": (
        "about = os.stat(explain)\nopen(explain, 'a').write(lie)\n"
        "os.utime(explain, ns=(about.st_atime_ns, about.st_mtime_ns))"
    ),
    "another file in its place": (
        "text = open(explain).read()\nopen('new', 'w').write(text + lie)\nimport shutil\nos.unlink(explain)\n"
        "shutil.copy('new', explain)"
    ),
    "a link in its place": (
        "text = open(explain).read()\nopen(root + '/../new.txt', 'w').write(text + lie)\nos.unlink(explain)\n"
        "os.symlink(root + '/../new.txt', explain)"
    ),
    "a package beside it": (
        "import re\ntext = re.sub(r'^from \\.', 'from ..', open(explain).read(), flags=re.MULTILINE)\n"
        "os.mkdir(explain[:-3])\nopen(explain[:-3] + '/__init__.py', 'w').write(text + lie)"
    ),
    "a cache": (
        "import importlib.util, marshal\nabout = os.stat(explain)\n"
        "cache = importlib.util.cache_from_source(explain)\n"
        "head = importlib.util.MAGIC_NUMBER + bytes(4) + int(about.st_mtime).to_bytes(4, 'little')\n"
        "made = compile(open(explain).read() + lie, explain, 'exec')\n"
        "os.makedirs(os.path.dirname(cache), exist_ok=True)\n"
        "open(cache, 'wb').write(head + about.st_size.to_bytes(4, 'little') + marshal.dumps(made))"
    ),
    "the folder above": (
        "import shutil\nabove = os.path.dirname(root)\nos.rename(above, above + '-old')\n"
        "shutil.copytree(above + '-old/project', root)\nopen(explain, 'a').write(lie)"
    ),
    "all of it": "open(explain, 'a').write(lie)\nos.rename(root + '/grader/probe', root + '/grader/old')",
}
"""The ways of changing a module that is imported late, in Python; a program does it and goes on as if nothing were."""

REWRITES = """
import os
root = {root!r}
if os.path.exists(root + "/.copie-jetable"):  # nowhere else
    explain, lie = root + "/grader/diagnosis/choose.py", {lie!r}
{tried}
"""

NO_NAMESPACES = ["unshare", "-Ur", "sh", "-c", 'echo 0 > /proc/sys/user/max_user_namespaces && exec "$@"', "sh"]
"""Before a command: where no more user namespaces can be made (namespaces(7), /proc/sys/user)."""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A throw-away copy of the project."""
    project = tmp_path / "above" / "project"
    for name in ("grader", "reference", "skeleton"):
        shutil.copytree(ROOT / name, project / name)
    (project / ".copie-jetable").touch()
    return project


def graded_by(project: Path, folder: Path, before: list[str]) -> tuple[int, float | None]:
    """The exit status and the score, if there is one, of a fresh command."""
    command = [*before, sys.executable, "-m", "grader", str(folder), "--json", "-"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=60)
    return done.returncode, json.loads(done.stdout)["score"] if done.stdout else None


@pytest.mark.parametrize("before", [[], NO_NAMESPACES], ids=["namespaces", "none"])
@pytest.mark.parametrize("how", WRITES)
def test_the_blank_skeleton_is_worth_nothing_after_any_attack_on_the_grader(
    how: str, before: list[str], copy: Path, tmp_path: Path
) -> None:
    if not grants_namespaces():
        pytest.skip("this system grants no namespaces: nothing can be compared")
    tried = "".join(f"        {line}\n" for line in WRITES[how].splitlines())
    attack = f"    try:\n{tried}    except OSError:\n        pass"
    folder = tmp_path / "rendu"
    shutil.copytree(copy / "skeleton", folder)
    program = REWRITES.format(root=str(copy), lie=LIE, tried=attack)
    (folder / "etape1.py").write_text(program + (folder / "etape1.py").read_text("utf-8"), "utf-8")
    status, score = graded_by(copy, folder, before)
    if before and how != "a cache":
        assert (status, score) == (3, None)
    else:
        assert (status, score) == (1, 0)
    assert graded_by(copy, copy / "skeleton", before) == (1, 0)
    assert graded_by(copy, copy / "reference", before) == (0, 20)


@pytest.mark.parametrize("before", [[], NO_NAMESPACES], ids=["namespaces", "none"])
def test_another_project_in_the_place_of_a_link_is_seen(before: list[str], copy: Path, tmp_path: Path) -> None:
    """A link cannot be locked: whoever owns its folder can lead it elsewhere."""
    link, folder = tmp_path / "link", tmp_path / "rendu"
    link.symlink_to(copy)
    shutil.copytree(copy / "skeleton", folder)
    leads = (
        f"import os, shutil\nlink, real, lie = {str(link)!r}, {str(copy)!r}, {LIE!r}\n"
        "shutil.copytree(real, real + '2', ignore=shutil.ignore_patterns('reference'))\n"
        "open(real + '2/grader/diagnosis/choose.py', 'a').write(lie)\nos.unlink(link)\nos.symlink(real + '2', link)\n"
    )
    (folder / "etape1.py").write_text(leads, "utf-8")
    command = [*before, "env", f"PYTHONPATH={link}", sys.executable, "-m", "grader", "--json", "-"]
    done = subprocess.run([*command, str(folder)], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (3, "")
    done = subprocess.run([*command, str(copy / "skeleton")], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout)["score"] == 0


def test_a_module_beside_the_grader_is_seen(copy: Path, tmp_path: Path) -> None:
    """It would be imported before Python's own."""
    folder = tmp_path / "rendu"
    shutil.copytree(copy / "skeleton", folder)
    (folder / "etape1.py").write_text(f"open({str(copy / 'difflib.py')!r}, 'w').write('')\n", "utf-8")
    assert graded_by(copy, folder, NO_NAMESPACES) == (3, None)
    assert (
        graded_by(copy, folder, NO_NAMESPACES)[0] == 1
    )  # it was there before: it may be whoever grades who put it there


def test_what_a_program_has_not_changed_is_left_alone(copy: Path, tmp_path: Path) -> None:
    """New times only, and the caches of another grading."""
    folder = tmp_path / "rendu"
    shutil.copytree(copy / "reference", folder)
    touched = f"import os\nos.utime({str(copy / 'grader' / 'diagnosis' / 'choose.py')!r})\n"
    (folder / "etape1.py").write_text(touched + (folder / "etape1.py").read_text("utf-8"), "utf-8")
    assert graded_by(copy, folder, NO_NAMESPACES) == (0, 20)
    assert not list(copy.rglob("*.modifie"))


def test_the_project_cannot_be_moved_or_written_to(copy: Path, tmp_path: Path) -> None:
    if not grants_namespaces():
        pytest.skip("this system grants no namespaces")
    folder = tmp_path / "rendu"
    folder.mkdir()
    (folder / "etape1.py").write_text(
        f"import os\nroot = {str(copy)!r}\n"
        "def move(): os.rename(root, root + '2')\n"
        "def add(): os.mkdir(root + '/json')\n"
        "def remove(): os.unlink(root + '/grader/cli.py')\n"
        "for call in (move, add, remove):\n"
        "    try:\n        call()\n        print('done')\n"
        "    except OSError as error:\n        print(error.strerror)\n"
    )
    command = [sys.executable, "-m", "grader", str(folder), "--json", "-", "--transcript", str(tmp_path / "seen")]
    subprocess.run(command, cwd=copy, capture_output=True, timeout=60)
    seen = (tmp_path / "seen").read_text("utf-8")
    assert "Device or resource busy" in seen
    assert "Read-only file system" in seen
    assert '"done' not in seen
    assert (copy / "grader" / "cli.py").exists()


def test_no_folder_that_python_imports_from_can_be_written_to(tmp_path: Path) -> None:
    """What is put there would be imported by the next command."""
    if not grants_namespaces():
        pytest.skip("this system grants no namespaces")
    name = f"chatpy_{os.urandom(6).hex()}.py"
    program = (
        "import os, site, sys\n"
        "own = [site.getusersitepackages()] if site.ENABLE_USER_SITE else []\n"
        "for folder in {*sys.path[1:], sys.prefix, sys.base_prefix, *own}:\n"
        "    while not os.path.isdir(folder):\n        folder = os.path.dirname(folder)\n"
        f"    try:\n        open(os.path.join(folder, {name!r}), 'w').close()\n        print('wrote', folder)\n"
        f"        os.unlink(os.path.join(folder, {name!r}))\n"
        "    except OSError as error:\n        print(error.strerror)\n"
    )
    with closing(private()) as launcher:
        shown = shown_by(launcher, tmp_path / "rendu", program)
    allowed = {os.path.expanduser("~"), "/", str(tmp_path)}
    wrote = {line.partition(" ")[2] for line in shown.splitlines() if line.startswith("wrote ")}
    assert {folder for folder in wrote if folder not in allowed and "/chatpy-" not in folder} == set()
    assert "Read-only file system" in shown or "Permission denied" in shown


def test_many_gradings_at_once_do_not_take_each_other_for_an_attack(copy: Path) -> None:
    """The first ones write caches while the others run."""
    command = [*NO_NAMESPACES, sys.executable, "-m", "grader", "skeleton", "--json", "-"]
    for cache in copy.rglob("__pycache__"):
        shutil.rmtree(cache)
    pipe = subprocess.PIPE
    running = [subprocess.Popen(command, cwd=copy, stdout=pipe, stderr=pipe, text=True) for _ in range(4)]
    results = [one.communicate(timeout=100) for one in running]
    assert [one.returncode for one in running] == [1] * 4, results
    assert not list(copy.rglob("*.modifie"))
