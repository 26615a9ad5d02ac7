"""The strong isolation: everything that a submission runs sees a machine of its own, made by bubblewrap (Linux)."""

from __future__ import annotations

import os
import shutil
import site
import subprocess
import sys

from ..errors import UsageError
from .forked import ForkLauncher
from .process import ROOT

SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store", "/gnu/store")
"""Where programs and libraries are; what is not there on a machine is left out."""

SETTINGS = ("/etc/ld.so.cache", "/etc/localtime", "/etc/hosts", "/etc/nsswitch.conf", "/etc/alternatives")
"""What the C library reads; no names of users."""

HOME = "/eleve"
"""Where a program sees its copy of the submission."""

SHARED_BYTES = 1_000_000
"""For /tmp and the shared memory that multiprocessing uses, of all programs together: a chat needs none."""

NOBODY = "1000"
"""The user that programs run as, in numbers of the sandbox's own; outside it is whoever grades."""

PACKAGES = "Sous Debian ou Ubuntu : sudo apt install bubblewrap. Sous Fedora : sudo dnf install bubblewrap."


def sandboxed_launcher() -> ForkLauncher:
    """A launcher inside a sandbox.

    Raises:
        UsageError: there is no bubblewrap, or the system does not let it work.
        GraderError: Python cannot be started.
    """
    if sys.platform != "linux":
        raise UsageError("L'isolation forte n'existe que sous Linux. Ici, utilise --isolation simple.")
    bubblewrap = shutil.which("bwrap")
    if bubblewrap is None:
        raise UsageError(f"L'isolation forte a besoin de bubblewrap, qui n'est pas installé. {PACKAGES}")
    sandbox = (bubblewrap, *options())
    trial = subprocess.run([*sandbox, sys.executable, "-c", ""], capture_output=True, check=False)
    if trial.returncode != 0:
        words = trial.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UsageError(
            "bubblewrap est installé, mais ne peut pas isoler ici : "
            f"« {words[0] if words else trial.returncode} ». Il faut bubblewrap 0.8, et le droit de créer des espaces "
            "de noms (user namespaces). Sinon, utilise --isolation simple."
        )
    return ForkLauncher(sandbox, HOME)


def options() -> list[str]:
    """What the sandbox is made of (bwrap(1)): the system and Python to read, nothing else, and no way out."""
    words = ["--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    words += ["--uid", NOBODY, "--gid", NOBODY]  # not 0, even if root grades: it could not be mapped once more
    for path in SYSTEM + SETTINGS:
        if os.path.islink(path):
            words += ["--symlink", os.readlink(path), path]
        elif os.path.exists(path):
            words += ["--ro-bind", path, path]
    # The settings of the kernel ask for the user's real number: to root they would be open.
    words += ["--proc", "/proc", "--ro-bind", "/proc/sys", "/proc/sys", "--dev", "/dev", "--dir", HOME]
    for path in ("/tmp", "/dev/shm"):  # noqa: S108 - the sandbox's own
        words += ["--size", str(SHARED_BYTES), "--tmpfs", path]
    probe = os.path.join(ROOT, "grader", "probe")
    readable = {*_python_folders(), probe, os.path.join(ROOT, "grader", "__init__.py")}
    # Parents first. The project is hidden, with its solution, even where one of Python's folders holds it.
    for path in sorted({*readable, ROOT}):
        words += ["--tmpfs", path] if path == ROOT else ["--ro-bind", path, path]
    for path in ("/dev", ROOT, "/"):
        words += ["--remount-ro", path]
    return [*words, "--chdir", "/"]


def _python_folders() -> set[str]:
    """The folders of this Python and its environment, beyond the system's."""
    folders = {sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix}
    folders.add(os.path.dirname(os.path.realpath(sys.executable)))
    if site.ENABLE_USER_SITE:
        folders.add(site.getusersitepackages())
    system = [path + "/" for path in SYSTEM]
    return {one for one in folders if os.path.isdir(one) and not f"{one}/".startswith(tuple(system))}
