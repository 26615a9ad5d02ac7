"""The servers that the other tests rest on serve for real."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from .git_servers import bare, git_daemon, git_http


@pytest.mark.parametrize("serve", [git_daemon, git_http])
def test_what_was_pushed_can_be_fetched_again(
    serve: Callable[[Path], AbstractContextManager[str]], tmp_path: Path
) -> None:
    bare(tmp_path / "served" / "club.git")
    work = tmp_path / "work"
    identity = ["-c", "user.name=x", "-c", "user.email=x"]
    subprocess.run(["git", "init", "-q", str(work)], check=True)
    (work / "a.txt").write_bytes(os.urandom(2_000_000))  # more than git sends in one piece
    subprocess.run(["git", "-C", str(work), "add", "."], check=True)
    subprocess.run(["git", "-C", str(work), *identity, "commit", "-qm", "a"], check=True)
    with serve(tmp_path / "served") as url:
        subprocess.run(["git", "-C", str(work), "push", "-q", f"{url}/club.git", "HEAD:rendu/zoe"], check=True)
        listed = subprocess.check_output(["git", "ls-remote", f"{url}/club.git"], text=True)
        subprocess.run(
            ["git", "clone", "-q", "-b", "rendu/zoe", f"{url}/club.git", str(tmp_path / "again")], check=True
        )
    assert listed.split()[1] == "refs/heads/rendu/zoe"
    assert (tmp_path / "again" / "a.txt").stat().st_size == 2_000_000
