"""One student's program while it runs: its process, its peer's connection, and the facts that come from both."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable

from ..limits import Limits
from ..transcript.facts import (
    Complained,
    Connected,
    Counted,
    Exceeded,
    Exited,
    Fact,
    Heard,
    HeardEnd,
    InputEnded,
    Killed,
    PeerLeft,
    Said,
    Shown,
    Typed,
)
from .activity import Activity, InputsSent
from .guard import excess
from .lacks import START, lack_of
from .peer_connection import AcceptWatch, PeerConnection, accepted, connected
from .probe_reader import ProbeReader
from .process import ProgramHandles, Watcher
from .program_log import ProgramLog
from .step_outputs import StepOutputs
from .system import has_children, threads_of


class StudentProcess:
    """A program while it runs.

    Args:
        name: ``etape1``, ``serveur`` or ``client``.
        handles: what it is reached by.
        watcher: told the descriptors to wait for.
        limits: what is kept and watched.
        zero_s: the moment that facts count from, by ``monotonic``.
        record: takes each fact.
        monotonic: the clock.
    """

    def __init__(
        self,
        name: str,
        handles: ProgramHandles,
        watcher: Watcher,
        limits: Limits,
        zero_s: float,
        record: Callable[[Fact], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self.process = handles.process
        self.listener = handles.listener
        self.peer: PeerConnection | None = None
        self.mate: StudentProcess | None = None
        """The program at the other end of the relay, in a duo."""
        self.over = False
        self._log = ProgramLog(name, zero_s, record, monotonic)
        self.probe = ProbeReader(handles, self._log, limits)
        self.outputs = StepOutputs(self._log, limits.keep_output_bytes)
        self._handles = handles
        self._watcher = watcher
        self._limits = limits
        self._lack = ""
        self._typed_bytes = 0
        self._input_ended = False
        self._can_count = True
        self._accepting = AcceptWatch(self._log)
        if handles.listener is not None:
            watcher.add(handles.listener.fileno())

    @property
    def activity(self) -> Activity:
        """What its threads do."""
        return self.probe.activity

    @property
    def lack(self) -> str:
        """What the machine had too little of for this program, a word of LACKS: it has not run as it should."""
        return self._lack or self.probe.lack

    # What the harness does to the program.

    def begin_step(self) -> None:
        """A new step begins: what came before is over, and what comes now has room again."""
        self.activity.stir()
        self.outputs.begin_step()

    def type(self, text: str) -> None:
        """Type a line."""
        data = (text + "\n").encode("utf-8")
        self._log.note(Typed, text)
        self._typed_bytes += len(data)
        self.process.type(data)

    def end_input(self) -> None:
        """End standard input."""
        self._log.note(InputEnded)
        self._input_ended = True
        self.process.end_input()

    def say(self, text: str, end: str = "\n") -> None:
        """Send a line from the peer."""
        self._log.note(Said, text)
        if self.peer is not None:
            self.peer.send((text + end).encode("utf-8"))

    def leave(self) -> None:
        """The peer leaves."""
        self._log.note(PeerLeft)
        if self.peer is not None:
            self.peer.close()

    def kill(self) -> None:
        """End the program if it still runs."""
        if not self.over:
            self._accepting.end()
            self._log.note(Killed)
            self.over = True
            self.process.kill()

    def count(self) -> None:
        """Note how many threads the system shows, where it shows them.

        The threads that were told before are in it, but for those whose end is told by what is read now: all is read,
        unless the program tells without end. Then its threads are counted no more.
        """
        found = threads_of(self.process.pid) if self.process.in_order and not self.over else 0
        if found and self._can_count:
            self._log.note(Counted, found)
            self._can_count = not all(self._read_channel() for _ in range(self._limits.drain_rounds))

    def guard(self, *, late: bool) -> None:
        """End the program if it uses more than one program may, or if it is ``late``."""
        if not self.process.pid or self.over:
            return
        told_bytes = self.probe.received_bytes
        what = "duree" if late else excess(self.process.tree, self._handles.folder, told_bytes, self._limits)
        if what:
            self._log.note(Exceeded, what)
            self.kill()
        elif not self.activity.forked:
            self.probe.silence.look(self.process)

    def never_began(self) -> None:
        """Of the student's program nothing has run."""
        self._lack = START

    def close(self) -> None:
        """Give everything back."""
        self.process.close()
        if self.peer is not None:
            self.peer.close()
        if self.listener is not None:
            self._watcher.remove(self.listener.fileno())
            self.listener.close()
            self.listener = None

    # What the program does.

    def read(self) -> bool:
        """Take everything that has come; whether anything has."""
        if self.over:
            return False
        status = self.process.status
        came = self._read_channel() | self._read_outputs() | self._meet() | self._read_peer()
        self._look_whether_accepted()
        if status is None:
            return came
        # Read before the status was asked for: all that the program wrote is in the pipes by now.
        while self._read_channel() | self._read_outputs() | self._read_peer():
            pass
        self._accepting.end()
        self._log.note(Exited, status)
        if self.process.lack or self.activity.began_s is None:
            self._lack = self.process.lack or START
        self.over = True
        self._end_peer()
        return True

    def _read_channel(self) -> bool:
        if self.probe.read():
            return True
        if self.process.silent and not self.probe.silence.began:
            while self._read_outputs() | self._read_peer():
                pass  # it was written before the channel ended, or while it did
            self.probe.silence.began = True
        return False

    def _read_outputs(self) -> bool:
        came = False
        for stream, kind in (("stdout", Shown), ("stderr", Complained)):
            data = self.process.read(stream)
            kept = self.outputs.keep(stream, data)
            if kept:
                self._log.note(kind, kept.decode("latin-1"))
            came = came or bool(data)
        return came

    def _look_whether_accepted(self) -> None:
        if self.activity.accepted and self.listener is None and self.peer is not None:
            port = self.probe.listening[1] if self.probe.listening is not None else 0
            self._accepting.look(self.process.pid, port, self.peer.port)

    # The connection with the peer.

    def _meet(self) -> bool:
        """Make the connection between peer and program as soon as it can be made."""
        if self.peer is not None:
            return False
        try:
            sock = self._new_connection()
        except BlockingIOError:
            return False  # nobody has called yet
        except OSError as error:  # who called has hung up already, or who was called has stopped listening
            self._lack = self.lack or lack_of(error)
            self.probe.forget_place()
            return False
        if sock is None:
            return False
        self.peer = PeerConnection(sock, self._watcher)
        self._log.note(Connected)
        return True

    def _new_connection(self) -> socket.socket | None:
        if self.listener is not None:
            return accepted(self.listener, self._watcher)
        place = self.probe.listening
        if place is None or place[0] != self._handles.host:
            return None  # a program has no say in whom the harness calls
        return connected(self._handles.new_socket(), place, self._limits.connect_patience_s)

    @property
    def _mate_peer(self) -> PeerConnection | None:
        return self.mate.peer if self.mate is not None else None

    def _read_peer(self) -> bool:
        peer, mate = self.peer, self._mate_peer
        if peer is None:
            return False
        peer.flush()
        if self.mate is not None and (mate is None or mate.unsent_bytes > self._limits.relay_bytes):
            return False
        ended_before = peer.ended
        data = peer.read()
        kept = self.outputs.keep("peer", data)
        if kept:
            self._log.note(Heard, kept.decode("latin-1"))
        if mate is not None and data:
            mate.send(data)
        if peer.ended and not ended_before:
            self._log.note(HeardEnd, peer.reset)
            if mate is not None:
                mate.end_sending()
        return bool(data) or peer.ended != ended_before

    def _end_peer(self) -> None:
        """A program that is over sends nothing more, even if the end of its connection is still on the way."""
        if self.peer is not None and not self.peer.ended:
            self.peer.end()
            if self._mate_peer is not None:
                self._mate_peer.end_sending()

    # What the harness concludes.

    def inputs_sent(self) -> InputsSent:
        """What the program was given so far."""
        peer, mate = self.peer, self._mate_peer
        if peer is None:
            return InputsSent(self._typed_bytes, self._input_ended)
        connections = 1 if self.listener is None else 0
        peer_left = peer.closed or (mate is not None and mate.ended)
        return InputsSent(self._typed_bytes, self._input_ended, connections, peer.sent_bytes, peer_left)

    def all_received(self) -> bool:
        """Whether everything that the program says it sent has arrived."""
        peer = self.peer
        if peer is None or peer.closed or peer.ended or (self.mate is not None and self._mate_peer is None):
            return True
        return self.activity.sent_bytes <= peer.received_bytes

    def all_arrived(self) -> bool:
        """Whether nothing is on its way between harness and program, in either direction."""
        return self.all_received() and not self.activity.about_to_wake(self.inputs_sent())

    def has_children(self) -> bool:
        """Whether a child process of the program may still be at work: none of its facts would tell."""
        return self.activity.forked and has_children(self.process.pid) is not False

    def at_rest(self, *, polling: bool, until_s: float) -> bool:
        """Whether nothing more will come from the program by itself before ``until_s``, and all that came is taken."""
        if self.over:
            return True
        if not self.activity.at_rest(self.inputs_sent(), polling=polling, until_s=until_s) or self.has_children():
            return False
        return self.activity.looping or self.all_received()
