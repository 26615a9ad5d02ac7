"""Throw-away copies of a submission, one for each program, so that what one writes no other sees."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from types import TracebackType


class Workspace:
    """A temporary folder for one grading, removed at the end.

    Args:
        files: the submission's files by their path inside it, with ``/``.
    """

    def __init__(self, files: dict[str, bytes]) -> None:
        self._files = files
        self._root = ""
        self._count = 0

    def __enter__(self) -> Workspace:
        self._root = tempfile.mkdtemp(prefix="chatpy-")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        _remove(self._root)

    def copy(self) -> str:
        """Write a fresh copy and return its folder."""
        self._count += 1
        folder = os.path.join(self._root, str(self._count))
        os.mkdir(folder)
        for path, data in self._files.items():
            *parents, name = path.split("/")
            parent = os.path.join(folder, *parents)
            if parents:
                os.makedirs(parent, exist_ok=True)
            with open(os.path.join(parent, name), "wb") as file:
                file.write(data)
        return folder


def _remove(root: str) -> None:
    """Remove a folder, also where a program has taken the right to do so away from its own folders."""
    shutil.rmtree(root, ignore_errors=True)
    if os.path.isdir(root):
        for parent, folders, _ in os.walk(root):
            for folder in folders:
                os.chmod(os.path.join(parent, folder), stat.S_IRWXU)
        shutil.rmtree(root, ignore_errors=True)
