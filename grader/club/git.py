"""Runs git: never with a question to anybody, never without an end, and nothing of a stranger's repository with it."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from ..errors import UsageError
from ..escape import shown
from .bounds import GIT_LAST_WORDS_S, GIT_S, GIT_WORDS

NO_GIT = "git n'est pas installé sur cette machine."

MAX_ADDRESS = 200
"""Characters of an address in a sentence."""

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


def shown_address(address: str) -> str:
    """An address as it may stand on a screen that others see: without the name and the password in it."""
    return shown(re.sub(r"(?<=://)[^/@]*@", "", address), MAX_ADDRESS)


@dataclass(frozen=True)
class Answer:
    """How a command ended.

    Attributes:
        status: its exit status, or the signal that ended it; -1 where it had to be ended, because it took too long.
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


@dataclass(frozen=True)
class Caps:
    """What a command may use, where the system can set it (setrlimit(2)).

    Attributes:
        file_bytes: of any file that it writes, its answer among them.
        memory_bytes: of its address space.
    """

    file_bytes: int
    memory_bytes: int


def git(
    *words: str,
    folder: str | None = None,
    data: bytes | IO[bytes] | None = None,
    limit_s: float = GIT_S,
    variables: dict[str, str] | None = None,
    caps: Caps | None = None,
) -> Answer:
    """Run a command of git's to its end.

    Args:
        words: the command, without ``git``.
        folder: where to run it; None for where we are.
        data: for its standard input, as bytes or as a file that is read from where it stands; there is none where it
            is None.
        limit_s: after which it is ended, with all that it has started.
        variables: of the environment, beside ``environment``.
        caps: what it may use; as much as it likes where it is None.

    Raises:
        UsageError: there is no git.
    """
    # The answer goes to a file and not into a pipe: nobody has to read along, and however much it is, no memory is
    # taken for what a cap forbids. What git says must be heard even where the disk is full.
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as given:
        stdin: int | IO[bytes] = subprocess.DEVNULL
        if isinstance(data, bytes):
            given.write(data)
            given.seek(0)
            stdin = given
        elif data is not None:
            stdin = data
        process = start(words, folder, stdin, output, subprocess.PIPE, variables, caps)
        said = _Said(process)
        status = _status_of(process, limit_s)
        if status is None:
            return Answer(-1, b"", "")
        output.seek(0)
        return Answer(abs(status), output.read(), said.words())


def _status_of(process: subprocess.Popen[bytes], limit_s: float) -> int | None:
    """Wait for a command; its status, or None where it took too long and was ended."""
    took_too_long = threading.Event()

    def give_up() -> None:
        took_too_long.set()
        kill(process)

    guard = threading.Timer(limit_s, give_up)
    guard.daemon = True
    guard.start()  # and not wait(limit_s), which looks every 0.05 s only
    try:
        status = process.wait()
    except BaseException:
        end(process)
        raise
    finally:
        guard.cancel()
    if took_too_long.is_set():
        end(process)
        return None
    return status


class _Said:
    """Listens to what a command says on its standard error, and keeps the end of it."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stderr is not None
        self._pipe = process.stderr
        self._kept = b""
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def words(self) -> str:
        """All of it, once the command has ended; a helper (ssh) that goes on and keeps the pipe says no more."""
        self._listener.join(GIT_LAST_WORDS_S)
        return self._kept.decode("utf-8", "replace")

    def _listen(self) -> None:
        with self._pipe:
            while part := os.read(self._pipe.fileno(), GIT_WORDS):
                self._kept = (self._kept + part)[-GIT_WORDS:]


def start(
    words: Sequence[str],
    folder: str | None,
    stdin: int | IO[bytes],
    stdout: int | IO[bytes],
    stderr: int | IO[bytes],
    variables: dict[str, str] | None = None,
    caps: Caps | None = None,
) -> subprocess.Popen[bytes]:
    """Start a command of git's, for whoever talks with it; see ``git``, and ``end``.

    Raises:
        UsageError: there is no git.
    """
    settings = [word for setting in SETTINGS for word in ("-c", setting)]
    try:
        return subprocess.Popen(
            [*_capped(caps), "git", *settings, *words],
            cwd=folder,
            env=environment(**(variables or {})),
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,  # no terminal to ask on, and one group to end
        )
    except FileNotFoundError as error:
        if folder is not None and not os.path.isdir(folder):
            raise
        raise UsageError(NO_GIT) from error


def _capped(caps: Caps | None) -> list[str]:
    """What to put before a command: a shell that sets the caps and becomes the command.

    No function of ours between fork and exec: other threads may be running. A system that does not know one of the
    caps says so to nobody, and the command runs without it.
    """
    if caps is None or os.name != "posix" or shutil.which("git") is None:
        return []
    file, memory = caps.file_bytes // 512, caps.memory_bytes // 1024  # the units of ulimit, see sh(1)
    set_caps = f"{{ ulimit -c 0; ulimit -f {file}; ulimit -v {memory}; }} 2>/dev/null"
    return ["sh", "-c", f'{set_caps}; exec "$@"', "sh"]


def end(process: subprocess.Popen[bytes]) -> None:
    """End a command and its helpers (ssh, git-remote-https), which would keep its pipes open."""
    kill(process)
    process.wait()
    for pipe in (process.stdin, process.stdout):  # its standard error is closed by who listens to it
        if pipe is not None:
            try:
                pipe.close()
            except OSError:
                pass  # what was still to be written has no reader any more


def check_place(answer: Answer) -> None:
    """Tell a disk that is full from everything else that can go wrong: nobody's repository is to blame for it.

    Raises:
        OSError: git found no place for what it had to write.
    """
    if not answer.ok and os.strerror(errno.ENOSPC).lower() in answer.words.lower():
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a command and its helpers; whoever started it still has to wait for its end."""
    if os.name == "posix":
        import signal

        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # it ended in this very moment
    else:
        process.kill()
