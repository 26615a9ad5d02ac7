"""The command `python -m tests.as_on_mac`: pytest on a machine that offers no more than macOS does (Linux).

What the kernel offers is taken away for real, in namespaces that only this command and its children see; what Python
offers, by a virtual environment whose interpreter has lost it before anything is imported. So the grader has no switch
of its own for it, and what it reads tomorrow from a place that macOS lacks fails here too.
"""

from __future__ import annotations

import argparse
import os
import socket
import struct
import subprocess
import sys
import sysconfig
import tempfile
import venv
from collections.abc import Callable
from pathlib import Path

from .namespaces import NEW_MOUNTS, NEW_NETWORK, NEW_USER, enter, mount

TAKEN = "CHATPY_TAKEN_AWAY"
"""The variable that tells the tests what was taken away."""

SKIPPED = 77
"""The exit status where nothing could be tried; pytest has 0 to 5, and other tools say it so too (automake)."""

_SIOCSIFFLAGS, _SIOCSIFADDR, _SIOCSIFNETMASK = 0x8914, 0x8916, 0x891C  # netdevice(7)
_IFF_UP = 0x1

PYTHON = {
    "memfd": "import os\ndel os.memfd_create\n",
    "sender": "import _socket\ndel _socket.SO_PASSCRED, _socket.SCM_CREDENTIALS\n",
    "pipe": "import select\nselect.PIPE_BUF = 512\n",
    "platform": "import sys\nsys.platform = 'darwin'\n",
}
"""What Python loses, as the code that its interpreter begins with.

``memfd``: files without a name. ``sender``: who sent a message (unix(7)). ``pipe``: what a pipe takes whole, PIPE_BUF
of macOS. ``platform``: the name, by which grader and standard library choose what only Linux has.
"""


PROXIES = "def _get_proxy_settings():\n    return {}\n\n\n_get_proxies = _get_proxy_settings\n"
"""A module that Python has on macOS only, and that urllib imports there: no proxy is set."""


def _one_loopback_address() -> None:
    """127.0.0.1 alone: the other addresses of 127.0.0.0/8 are nobody's, as on macOS."""
    import fcntl  # no system but POSIX has it, and the tests read this module on all

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        up = struct.pack("16sH14x", b"lo", _IFF_UP)
        address, mask = (
            struct.pack("16sH2x4s8x", b"lo", socket.AF_INET, socket.inet_aton(text))
            for text in ("127.0.0.1", "255.255.255.255")
        )
        for request, argument in ((_SIOCSIFFLAGS, up), (_SIOCSIFADDR, address), (_SIOCSIFNETMASK, mask)):
            fcntl.ioctl(sock, request, argument)


def _no_namespaces() -> None:
    """No more user namespaces below this one (user_namespaces(7)); without one, nobody but root gets the others."""
    Path("/proc/sys/user/max_user_namespaces").write_text("0", encoding="ascii")


def _no_proc() -> None:
    """An empty folder over /proc."""
    mount("none", "/proc", "tmpfs")


KERNEL: dict[str, Callable[[], None]] = {
    "loopback": _one_loopback_address,
    "namespaces": _no_namespaces,
    "proc": _no_proc,  # last: the others need it
}
"""What the kernel offers no more."""


def leave_machine(taken: list[str]) -> None:
    """Go on without what is taken away.

    Raises:
        OSError: this machine grants no namespaces.
    """
    enter(NEW_USER | NEW_MOUNTS | (NEW_NETWORK if "loopback" in taken else 0))
    for name, take in KERNEL.items():
        if name in taken:
            take()


def make_python(folder: Path, taken: list[str]) -> Path:
    """An interpreter with the libraries of this one, and without what is taken away; so are those that it starts."""
    venv.create(folder, symlinks=True)
    paths = sysconfig.get_paths(vars={"base": str(folder), "platbase": str(folder)})
    own = Path(paths["purelib"])
    libraries = sysconfig.get_path("purelib")
    files = {
        "machine_as_on_mac.py": "".join(code for name, code in PYTHON.items() if name in taken),
        "_scproxy.py": PROXIES,
        # Such lines are executed at every start (site).
        "start.pth": f"import machine_as_on_mac\nimport site; site.addsitedir({libraries!r})\n",
    }
    for name, text in files.items():
        (own / name).write_text(text, encoding="utf-8")
    return folder / "bin" / "python"


def main() -> int:
    """Run pytest with the arguments that are not this command's own; its exit status, or SKIPPED."""
    everything = [*KERNEL, *PYTHON]
    parser = argparse.ArgumentParser(prog="python -m tests.as_on_mac", description=__doc__, allow_abbrev=False)
    parser.add_argument(
        "--take", nargs="+", choices=everything, default=everything, metavar="NAME", help=", ".join(everything)
    )
    options, arguments = parser.parse_known_args()
    with tempfile.TemporaryDirectory(prefix="as-on-mac-") as folder:
        python = make_python(Path(folder) / "venv", options.take)
        try:
            leave_machine(options.take)
        except OSError as error:
            print(f"This machine grants no namespaces: {error}", file=sys.stderr)
            return SKIPPED
        # The settings that this Python was built with bear the platform's name.
        settings = {"_PYTHON_SYSCONFIGDATA_NAME": sysconfig._get_sysconfigdata_name()}  # type: ignore[attr-defined]
        settings[TAKEN] = " ".join(options.take)
        command = [str(python), "-m", "pytest", *arguments]
        return subprocess.run(command, env=os.environ | settings, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
