"""Runs git: never with a question to anybody, never without an end, and nothing of a stranger's repository with it."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass

from ..errors import UsageError

LIMIT_S = 60.0
"""Of one command, if nobody says otherwise: a class's repository comes in a few seconds over a school's line."""

NO_GIT = "git n'est pas installé sur cette machine."

NAME, EMAIL = "chatpy", "rendu@chatpy.invalid"
"""Whoever commits, in histories and in the logs of a repository on a share: a real name leaves no machine."""

SETTINGS = (
    "core.hooksPath=" + os.devnull,
    "core.fsmonitor=false",
    "core.autocrlf=false",
    "core.askPass=",
    "credential.interactive=false",
    "safe.directory=*",  # on a USB stick or a share, everything belongs to somebody else
    "protocol.allow=never",
    "protocol.file.allow=always",
    "protocol.git.allow=always",
    "protocol.http.allow=always",
    "protocol.https.allow=always",
    "protocol.ssh.allow=always",
    "submodule.recurse=false",
    "fetch.recurseSubmodules=false",
    "fetch.fsckObjects=true",
    "fetch.writeCommitGraph=false",
    "http.lowSpeedLimit=1",
    "http.lowSpeedTime=20",
    "commit.gpgSign=false",
    "tag.gpgSign=false",
    "push.gpgSign=false",
    "push.followTags=false",
    "push.pushOption=",
    "i18n.commitEncoding=utf-8",
    "gc.auto=0",
    "maintenance.auto=false",
    "init.templateDir=",
    "init.defaultBranch=main",
    "init.defaultObjectFormat=sha1",
)
"""What holds for every command (git-config(1)), whatever the user or a repository has set. What a user has set for
proxies, certificates and passwords is kept: a school's network may need it."""

KEPT = re.compile(r"(?!GIT_)|GIT_(SSH|SSL|HTTP|PROXY_SSL|CONFIG_(GLOBAL|SYSTEM|NOSYSTEM)$|EXEC_PATH$)")
"""Variables that a command may see. Of git's own, those only that tell how to reach a network: others would lead it
elsewhere, and whoever is inside a hook or an alias has them."""


@dataclass(frozen=True)
class Answer:
    """How a command ended.

    Attributes:
        status: its exit status; -1 where it had to be ended, because it took too long.
        output: its standard output.
        words: its standard error, in English.
    """

    status: int
    output: bytes
    words: str

    @property
    def ok(self) -> bool:
        """Whether it did what it was asked for."""
        return self.status == 0

    @property
    def took_too_long(self) -> bool:
        """Whether it had to be ended."""
        return self.status == -1


def environment(**more: str) -> dict[str, str]:
    """What git sees: English words, no question at all, no editor, no pager; and ``more``."""
    own = {name: value for name, value in os.environ.items() if KEPT.match(name)}
    own.update(
        LC_ALL="C",
        TZ="UTC0",
        GIT_AUTHOR_NAME=NAME,
        GIT_AUTHOR_EMAIL=EMAIL,
        GIT_COMMITTER_NAME=NAME,
        GIT_COMMITTER_EMAIL=EMAIL,
        GIT_USER_AGENT="git/2",
        GIT_TERMINAL_PROMPT="0",
        GIT_ASKPASS="true" if os.name == "posix" else "",
        SSH_ASKPASS="true" if os.name == "posix" else "",
        SSH_ASKPASS_REQUIRE="never",
        GCM_INTERACTIVE="never",
        GIT_EDITOR="true",
        GIT_PAGER="cat",
        GIT_OPTIONAL_LOCKS="0",
        GIT_PROTOCOL_FROM_USER="0",
        GIT_LFS_SKIP_SMUDGE="1",
        GIT_NO_LAZY_FETCH="1",
        GIT_NO_REPLACE_OBJECTS="1",
        GIT_ATTR_NOSYSTEM="1",
    )
    own.setdefault("GIT_SSH_COMMAND", "ssh -oBatchMode=yes -oConnectTimeout=15")
    return own | more


def git(
    *words: str,
    folder: str | None = None,
    data: bytes | None = None,
    limit_s: float = LIMIT_S,
    variables: dict[str, str] | None = None,
) -> Answer:
    """Run a command of git's to its end.

    Args:
        words: the command, without ``git``.
        folder: where to run it; None for where we are.
        data: for its standard input; there is none where it is None.
        limit_s: after which it is ended, with all that it has started.
        variables: of the environment, beside ``environment``.

    Raises:
        UsageError: there is no git.
    """
    settings = [word for setting in SETTINGS for word in ("-c", setting)]
    try:
        process = subprocess.Popen(
            ["git", *settings, *words],
            cwd=folder,
            env=environment(**(variables or {})),
            stdin=subprocess.DEVNULL if data is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # no terminal to ask on, and one group to end
        )
    except FileNotFoundError as error:
        if folder is not None and not os.path.isdir(folder):
            raise
        raise UsageError(NO_GIT) from error
    try:
        output, words_of_git = process.communicate(data, limit_s)
    except subprocess.TimeoutExpired:
        _end(process)
        return Answer(-1, b"", "")
    except BaseException:
        _end(process)
        raise
    return Answer(process.returncode, output, words_of_git.decode("utf-8", "replace"))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a command and its helpers (ssh, git-remote-https), which would keep its pipes open."""
    if os.name == "posix":
        import signal

        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # it ended in this very moment
    else:
        process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()
