"""The floor: the students' processes of one grading, in the same conversations, and no grader.

`python -m tests.benchmark.floor` starts a plain `python -u FILE` for each process that a grading of the reference
starts, types and says the same kinds of lines, ends each as a grading does, and waits until all have ended.
It imports as little as it can: what is slower than this is the grader's own doing. Having no probe, it learns from
what the reference prints when a program listens, is connected or is left by its peer.
"""

from __future__ import annotations

import os
import select
import socket
import sys
from collections.abc import Callable, Iterator

REFERENCE = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "reference")
HOST = "127.0.0.1"
FIRST_PORT = 20_000 + 10 * (os.getpid() % 1_000)
"""Below the ports that systems give to clients, and another range for each floor that runs at the same time."""

PATIENCE_MS = 20_000
CHUNK_BYTES = 65_536
SIGKILL = 9
REQUEST = b"GET / HTTP/1.1\r\nHost: localhost:4242\r\nUser-Agent: curl/8.5.0\r\nAccept: */*\r\n\r\n"
LONG = "éléphant garçon Noël forêt cœur ".encode() * 312
END = b"\0end\0"
"""Stands in a buffer for the end of its stream: so a story waits for an end as it waits for a text."""

Story = Iterator[tuple[bytearray, bytes]]
"""Does things, and yields what it waits for: a buffer, and the bytes that must be in it."""


class Floor:
    """The processes of one run.

    Args:
        folder: where the copies of the programs are written.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.programs: list[Program] = []
        self._poll = select.poll()
        self._readers: dict[int, Callable[[], bytes]] = {}
        self._texts = 0

    def text(self, accents: str = "") -> bytes:
        """A line that was not used before."""
        self._texts += 1
        return f"Bonjour {accents}{self._texts:08x}".encode()

    def watch(self, fd: int, read: Callable[[], bytes]) -> None:
        """Call ``read`` whenever there is something; it returns nothing at the end."""
        self._readers[fd] = read
        self._poll.register(fd, select.POLLIN)

    def forget(self, fd: int) -> None:
        """Wait for it no more, if it was waited for."""
        if self._readers.pop(fd, None) is not None:
            self._poll.unregister(fd)

    def play(self, stories: list[Story]) -> None:
        """Play all stories side by side, to their ends."""
        waits = [(story, bytearray(END), END) for story in stories]
        while True:
            going_on = []
            for story, buffer, wanted in waits:
                while wanted in buffer:
                    following = next(story, None)
                    if following is None:
                        break
                    buffer, wanted = following
                else:
                    going_on.append((story, buffer, wanted))
            waits = going_on
            if not waits:
                return
            ready = self._poll.poll(PATIENCE_MS)
            if not ready:
                sys.exit(f"floor: still waiting for {[wanted for _, _, wanted in waits]}")
            for fd, _ in ready:
                read = self._readers.get(fd)
                if read is not None and not read():
                    self.forget(fd)

    def close(self) -> None:
        """End what still runs."""
        for program in self.programs:
            if program.status is None:
                program.kill()
                program.wait()


class Program:
    """One process and its peer.

    Args:
        floor: what it is a part of.
        name: the reference's file.
        port: takes the place of its port.
    """

    def __init__(self, floor: Floor, name: str, port: int) -> None:
        self.shown = bytearray()
        self.heard = bytearray()
        self.status: int | None = None
        self.mate: Program | None = None
        self.name = name
        self._floor = floor
        self._port = port
        self._peer: socket.socket | None = None
        self._listener = socket.create_server((HOST, port)) if name == "client.py" else None
        self._start(_write_copy(floor.folder, name, port))
        floor.programs.append(self)

    def _start(self, path: str) -> None:
        stdin, self._stdin = os.pipe()
        self._stdout, stdout = os.pipe()
        actions = [(os.POSIX_SPAWN_DUP2, stdin, 0), (os.POSIX_SPAWN_DUP2, stdout, 1)]
        self._pid = os.posix_spawn(sys.executable, [sys.executable, "-u", path], os.environ, file_actions=actions)
        os.close(stdin)
        os.close(stdout)
        self._floor.watch(self._stdout, self._read_output)

    def meet(self) -> Story:
        """Connect the peer, as soon as the program says that it can be."""
        if self._listener is None:
            yield self.shown, b"J'attends"
            self._peer = socket.socket()
            self._peer.connect((HOST, self._port))
        else:
            yield self.shown, b"Connect"
            self._peer = self._listener.accept()[0]
        self._peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._floor.watch(self._peer.fileno(), self._read_peer)

    def type(self, line: bytes) -> None:
        """Type a line."""
        os.write(self._stdin, line + b"\n")

    def end_input(self) -> None:
        """End standard input."""
        os.close(self._stdin)
        self._stdin = -1

    def say(self, data: bytes) -> None:
        """Send from the peer."""
        assert self._peer is not None
        self._peer.sendall(data)

    def leave(self) -> None:
        """The peer leaves."""
        assert self._peer is not None
        self._peer.shutdown(socket.SHUT_WR)

    def kill(self) -> None:
        """End the program by force."""
        os.kill(self._pid, SIGKILL)

    def wait(self) -> None:
        """Learn the exit status of a program that ends; give everything back."""
        self.status = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        self._floor.forget(self._stdout)
        os.close(self._stdout)
        if self._stdin >= 0:
            self.end_input()
        for sock in (self._peer, self._listener):
            if sock is not None:
                self._floor.forget(sock.fileno())
                sock.close()

    def _read_output(self) -> bytes:
        data = os.read(self._stdout, CHUNK_BYTES)
        self.shown += data or END
        return data

    def _read_peer(self) -> bytes:
        assert self._peer is not None
        try:
            data = self._peer.recv(CHUNK_BYTES)
        except ConnectionResetError:
            data = b""
        self.heard += data or END
        if self.mate is not None and data:
            self.mate.say(data)
        return data


def _write_copy(folder: str, name: str, port: int) -> str:
    """Write a program of the reference with an address of its own; returns the path."""
    with open(os.path.join(REFERENCE, name), encoding="utf-8") as file:
        lines = file.readlines()
    own = {"IP": f'IP = "{HOST}"\n', "PORT": f"PORT = {port}\n"}
    path = os.path.join(folder, f"{port}-{name}")
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(own.get(line.partition(" = ")[0], line) for line in lines)
    return path


# The stories.


def _etape1(program: Program) -> Story:
    yield from program.meet()
    program.say(REQUEST)
    yield program.heard, b"Hello World!"
    yield program.shown, END
    program.wait()


def _typing(program: Program, floor: Floor) -> Story:
    for _ in range(3):
        text = floor.text()
        program.type(text)
        yield program.heard, text


def _saying(program: Program, floor: Floor) -> Story:
    for _ in range(3):
        text = floor.text()
        program.say(text + b"\n")
        yield program.shown, text


def _parle(program: Program, floor: Floor) -> Story:
    yield from program.meet()
    yield from _typing(program, floor)
    yield from _saying(program, floor)
    program.leave()
    yield program.shown, b"(l'autre est parti"
    program.end_input()
    yield program.shown, END
    program.wait()


def _ecoute(program: Program, floor: Floor) -> Story:
    yield from program.meet()
    yield from _saying(program, floor)
    yield from _typing(program, floor)
    program.end_input()
    yield program.heard, END
    program.leave()
    yield program.shown, END
    program.wait()


def _long(program: Program) -> Story:
    yield from program.meet()
    program.say(LONG + b"\n")
    yield program.shown, LONG
    yield from _killed(program)


def _killed(*programs: Program) -> Story:
    for program in programs:
        program.kill()
    for program in programs:
        yield program.shown, END
        program.wait()


def _parle_and_again(program: Program, floor: Floor, port: int) -> Story:
    yield from _parle(program, floor)
    again = Program(floor, program.name, port)
    yield from again.meet()
    yield from _killed(again)


def _duo(server: Program, client: Program, floor: Floor) -> Story:
    server.mate, client.mate = client, server
    yield from client.meet()
    yield from server.meet()
    turns = [("", server, client)] * 2 + [("", client, server)] * 2 + [("", server, client)]
    for accents, source, target in [*turns, ("Noël 🎉 ", server, client), ("ça là 🐍 ", client, server)]:
        text = floor.text(accents)
        source.type(text)
        yield target.shown, text
    yield from _killed(server, client)


def main() -> int:
    """Play everything; the exit status tells whether each program ended as it should."""
    folder = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"floor-{os.getpid()}")
    os.mkdir(folder)
    floor = Floor(folder)
    names = ("serveur.py", "client.py") * 4 + ("etape1.py",)
    ports = [FIRST_PORT + number for number in range(len(names))]
    try:
        server, client, *others = (Program(floor, name, port) for name, port in zip(names, ports, strict=True))
        stories = [
            _duo(server, client, floor),
            _parle_and_again(others[0], floor, ports[2]),
            _parle(others[1], floor),
            _ecoute(others[2], floor),
            _ecoute(others[3], floor),
            _long(others[4]),
            _long(others[5]),
            _etape1(others[6]),
        ]
        floor.play(stories)
    finally:
        floor.close()
        for name in os.listdir(folder):
            os.unlink(os.path.join(folder, name))
        os.rmdir(folder)
    statuses = sorted(program.status or 0 for program in floor.programs)
    return 0 if statuses == [-SIGKILL] * 5 + [0] * 5 else 1


if __name__ == "__main__":
    sys.exit(main())
