"""The strong isolation: everything that a submission runs sees a machine of its own, made by bubblewrap (Linux)."""

from __future__ import annotations

import os
import shutil
import site
import subprocess
import sys

from ..errors import UsageError
from ..limits import DEFAULT, Limits
from ..probe import refuse
from .forked import ForkLauncher
from .lacks import START, machine_lacks
from .process import ROOT

SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store", "/gnu/store")
"""Where programs and libraries are; what is not there on a machine is left out."""

SETTINGS = ("/etc/ld.so.cache", "/etc/localtime", "/etc/alternatives")
"""What the C library reads of the machine's own; no names."""

OWN_SETTINGS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "etc")
"""The names of a machine like any other: of users, groups and hosts, and where to look for them."""

HOST = "chatpy"
"""The machine's name; the file ``hosts`` has it, too."""

HOME = "/eleve"
"""Where a program sees its copy of the submission; the file ``passwd`` has it, too."""

PROJECT = "/chatpy"
"""Where the probe is: a program sees its path in /proc and in every frame."""

NOBODY = "1000"
"""The user that programs run as, in numbers of the sandbox's own; outside it is whoever grades."""

_WALLS = (
    *("--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--hostname", HOST),
    *("--uid", NOBODY, "--gid", NOBODY),  # not 0, even if root grades: it could not be mapped once more
)
"""What it is shut off from."""

TRIAL = (
    "import sys; sys.path[0] = sys.argv[1]; from grader.probe import confine, walls; "
    "confine.works(walls.walls_around(sandboxed=True)) or sys.exit('aucun programme ne peut y avoir ses dossiers'); "
    "confine.refuse_rest()"
)
"""What must work in a sandbox, too: to shut in each program, and to refuse the calls that lead out of it."""

PACKAGES = "Sous Debian ou Ubuntu : sudo apt install bubblewrap. Sous Fedora : sudo dnf install bubblewrap."


def sandboxed_launcher(limits: Limits = DEFAULT) -> ForkLauncher:
    """A launcher inside a sandbox.

    Raises:
        UsageError: there is no bubblewrap, or the system does not let it work.
        GraderError: Python cannot be started, or not in time.
    """
    if sys.platform != "linux":
        raise UsageError("L'isolation forte n'existe que sous Linux. Ici, utilise --isolation simple.")
    bubblewrap = shutil.which("bwrap")
    if bubblewrap is None:
        raise UsageError(f"L'isolation forte a besoin de bubblewrap, qui n'est pas installé. {PACKAGES}")
    if not refuse.FILTER:
        raise UsageError("L'isolation forte n'existe que sur x86_64 et aarch64. Ici, utilise --isolation simple.")
    sandbox = tuple(options(limits.shared_bytes))
    command = [bubblewrap, *sandbox, sys.executable, "-c", TRIAL, PROJECT]
    try:
        trial = subprocess.run(command, capture_output=True, check=False, timeout=limits.start_patience_s)
    except subprocess.TimeoutExpired as error:
        raise machine_lacks(START) from error
    if trial.returncode != 0:
        words = trial.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UsageError(
            "bubblewrap est installé, mais ne peut pas isoler ici : "
            f"« {words[0] if words else trial.returncode} ». Il faut bubblewrap 0.8, et le droit de créer des espaces "
            "de noms (user namespaces). Sinon, utilise --isolation simple."
        )
    return ForkLauncher((bubblewrap, *sandbox), HOME, PROJECT, limits=limits)


def options(shared_bytes: int) -> list[str]:
    """What the sandbox is made of (bwrap(1)): the system and Python to read, nothing else, and no way out.

    Args:
        shared_bytes: room in each folder that programs may write to.
    """
    hidden = _hidden_folders()
    words = [*_WALLS, "--setenv", "PATH", _path()]
    for path in SYSTEM + SETTINGS:
        if os.path.islink(path):
            words += ["--symlink", os.readlink(path), path]
        elif os.path.exists(path):
            words += ["--ro-bind", path, path]
    # The settings of the kernel ask for the user's real number: to root they would be open.
    words += ["--proc", "/proc", "--ro-bind", "/proc/sys", "/proc/sys", "--dev", "/dev", "--dir", HOME]
    for path in ("/tmp", "/dev/shm"):  # noqa: S108 - the sandbox's own
        words += ["--size", str(shared_bytes), "--tmpfs", path]
    for name in os.listdir(OWN_SETTINGS):
        words += ["--ro-bind", os.path.join(OWN_SETTINGS, name), f"/etc/{name}"]
    for path in ("grader/probe", "grader/__init__.py"):
        words += ["--ro-bind", os.path.join(ROOT, path), f"{PROJECT}/{path}"]
    for path in sorted(_python_folders() | hidden):  # parents first
        words += ["--tmpfs", path] if path in hidden else ["--ro-bind", path, path]
    for path in ("/dev", *hidden, "/"):
        words += ["--remount-ro", path]
    if site.ENABLE_USER_SITE and not os.path.isdir(site.getusersitepackages()):
        words += ["--unsetenv", "PYTHONUSERBASE"]  # nothing is there, and its path has somebody's name
    return [*words, "--chdir", "/"]


def _hidden_folders() -> set[str]:
    """The project, with its solution, where it is in a folder that can be read."""
    return {ROOT} if any(ROOT.startswith(folder + "/") for folder in _python_folders()) else set()


def _path() -> str:
    """Where commands are: this Python's, and the system's."""
    return os.pathsep.join((os.path.dirname(sys.executable), "/usr/bin", "/bin"))


def _python_folders() -> set[str]:
    """The folders of this Python and its environment, beyond the system's."""
    folders = {sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix}
    folders.add(os.path.dirname(os.path.realpath(sys.executable)))
    if site.ENABLE_USER_SITE:
        folders.add(site.getusersitepackages())
    system = [path + "/" for path in SYSTEM]
    return {one for one in folders if os.path.isdir(one) and not f"{one}/".startswith(tuple(system))}
