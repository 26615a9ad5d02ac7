"""The vocabulary: one frozen dataclass a fact, grouped by the witness who saw it."""

from __future__ import annotations

from .value import Value


class Fact(Value):
    """Something that was seen.

    Attributes:
        at_s: seconds since the grading began.
        program: the program that it is about: ``etape1``, ``serveur`` or ``client``.
    """

    at_s: float
    program: str


# --- what the harness did -------------------------------------------------------------------------------------------


class Typed(Fact):
    """The harness typed a line on the program's standard input; ``text`` has no newline."""

    text: str


class InputEnded(Fact):
    """The harness ended the program's standard input."""


class Said(Fact):
    """The peer sent ``text`` to the program, and a newline after it."""

    text: str


class PeerLeft(Fact):
    """The peer shut its connection down and closed it."""


class Waited(Fact):
    """The harness's wait for one step of the scenario ended.

    Attributes:
        step: the step's number in the scenario, from 0.
        outcome: ``done`` (what was waited for came), ``settled`` (every thread is blocked: nothing more can
            come), ``ended`` (the program is over), ``busy`` (it computes without end), ``late`` (patience is over).
    """

    step: int
    outcome: str


class Killed(Fact):
    """The harness ended the program, which was still running."""


class Exceeded(Fact):
    """The program used more than one program may, and was ended.

    Attributes:
        what: ``processus``, ``threads``, ``memoire``, ``disque``, ``duree`` or ``sonde`` (what it wrote to the probe's
            channel).
    """

    what: str


class ChannelTampered(Fact):
    """Something came through the probe's channel that cannot be true; recorded once a program."""


class ChannelClosedEarly(Fact):
    """The probe's channel has ended, and yet the program went on: it has closed the channel itself."""


# --- what the peer saw ----------------------------------------------------------------------------------------------


class Connected(Fact):
    """The connection between the peer and the program was made."""


class Heard(Fact):
    """The peer received bytes; ``text`` holds one character for each (Latin-1)."""

    text: str


class HeardEnd(Fact):
    """The program ended its side of the connection; ``reset`` says how: cut off, or closed properly."""

    reset: bool


# --- what the operating system saw ----------------------------------------------------------------------------------


class Shown(Fact):
    """The program wrote to its standard output; ``text`` holds one character a byte (Latin-1)."""

    text: str


class Complained(Fact):
    """The program wrote to its standard error; ``text`` holds one character a byte (Latin-1)."""

    text: str


class Flooded(Fact):
    """Output was thrown away from here to the end of the step; ``stream`` is ``stdout``, ``stderr`` or ``peer``."""

    stream: str


class Counted(Fact):
    """The system showed so many threads of the program, between two steps."""

    threads: int


class Unaccepted(Fact):
    """A connection that is said to be accepted still waits in the system's queue; recorded once a program."""


class Exited(Fact):
    """The program ended by itself; ``status`` is its exit status, negative for a signal's number."""

    status: int


# --- what the probe saw, inside the program -------------------------------------------------------------------------


class ProbeFact(Fact):
    """Something that the program did.

    Attributes:
        thread: the number of the thread that did it; 1 is the main thread, 0 is unknown.
        file: the file of the submission, relative to its folder; empty where none is to blame.
        line: the line in that file, from 1; 0 where there is none.
    """

    thread: int
    file: str
    line: int


class Began(ProbeFact):
    """The program's file is about to run, in the process ``pid``."""

    pid: int


class SocketMade(ProbeFact):
    """A socket was created; family and kind are the system's numbers (AF_INET is 2, SOCK_STREAM is 1)."""

    socket: int
    family: int
    kind: int


class Bound(ProbeFact):
    """A socket was bound.

    Attributes:
        socket: its number.
        host: what the program asked for.
        port: what the program asked for.
        ip: the IPv4 address that ``host`` means; empty on IPv6.
        own_name: whether ``host`` is this machine's own name.
        version: of IP, 4 or 6.
        real_port: the loopback port that stands for it.
    """

    socket: int
    host: str
    port: int
    ip: str
    own_name: bool
    version: int
    real_port: int


class Listened(ProbeFact):
    """A socket listens; the harness reaches it at ``host`` and ``port`` on loopback.

    The host is empty where nobody could know the way: without bind, or on IPv6.
    """

    socket: int
    host: str
    port: int


class ConnectRequested(ProbeFact):
    """A socket is about to connect; fields as in Bound; ``kind`` is ``stream`` or ``datagram``."""

    socket: int
    host: str
    port: int
    ip: str
    own_name: bool
    kind: str


class ReuseSet(ProbeFact):
    """SO_REUSEADDR was set."""

    socket: int


class FilenoAsked(ProbeFact):
    """The student's code asked for a socket's descriptor with ``.fileno()``."""

    socket: int


class ShutDown(ProbeFact):
    """A socket was shut down; ``how`` is 0 (reading), 1 (writing) or 2 (both)."""

    socket: int
    how: int


class SocketClosed(ProbeFact):
    """A socket was closed."""

    socket: int


class Notified(ProbeFact):
    """Threads that wait in the ``condition`` are about to be woken, ``count`` of them at most."""

    condition: int
    count: int


class ThreadStarted(ProbeFact):
    """A thread is about to start.

    Attributes:
        number: its number.
        function: the name of what it runs; ``Class.run`` for a subclass of Thread.
        module: the function's module.
        names: the variables, attributes or keys that hold the thread, and its own name.
        daemon: whether the program may end without it.
    """

    number: int
    function: str
    module: str
    names: tuple[str, ...]
    daemon: bool


class ThreadNamed(ProbeFact):
    """The thread ``number`` is known by these names, too, by the time that it is joined."""

    number: int
    names: tuple[str, ...]


class ThreadRan(ProbeFact):
    """The calling thread has begun to run; ``native_id`` is the system's number for it."""

    native_id: int


class ThreadFailed(ProbeFact):
    """Thread ``number`` could not be started."""

    number: int


class ThreadEnded(ProbeFact):
    """The calling thread has finished what it ran."""


class FoundEnded(ProbeFact):
    """``is_alive()`` on the thread ``number`` said that it had ended; recorded once a thread."""

    number: int


class Raised(ProbeFact):
    """An exception that nothing caught.

    Attributes:
        error: its type.
        text: its message, cut at 300 characters.
        bases: its type and the types above it, without Exception's own.
        name: the name that was not found (of NameError, AttributeError, ImportError); empty for others.
        owner: the type of the object that lacks it (AttributeError), or the module (ImportError of a name).
        code: the system's symbol for the error, such as ECONNREFUSED (OSError).
    """

    error: str
    text: str
    bases: tuple[str, ...]
    name: str = ""
    owner: str = ""
    code: str = ""


class Refused(ProbeFact):
    """A socket's method raised, or a function for files that was given its descriptor; caught or not, once a line.

    Attributes:
        socket: its number.
        method: its name, such as ``bind`` or ``os.write``.
        error: the exception's type.
        code: the system's symbol for the error, such as ENOTCONN; empty for none.
    """

    socket: int
    method: str
    error: str
    code: str


class Forked(ProbeFact):
    """The program is about to make a child process."""


class Replaced(ProbeFact):
    """The program is about to become another one (execve(2)), in which nobody watches."""


class MainEnded(ProbeFact):
    """The main thread has run the whole file; the interpreter now waits for the other threads."""
