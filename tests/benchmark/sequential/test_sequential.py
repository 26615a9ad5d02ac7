"""The 19 checks as plain tests, one after the other: what the grader's speed is compared with.

Written as a teacher would: programs are started with subprocess on real ports, every wait has the same fixed
timeout, nothing is shared between two tests. The submission's folder is in the variable RENDU.
"""

from __future__ import annotations

import os
import queue
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

FOLDER = Path(os.environ["RENDU"])
TIMEOUT_S = 5
PORT = 4242
HOST = "127.0.0.1"
MESSAGES = ["Bonjour 7f3a", "Salut 91bc", "Coucou d204"]
ACCENTS = ["Été à Noël, ça va ? 🎉", "Où es-tu, là-bas ? 🐍"]
LONG = ("éléphant garçon Noël forêt cœur " * 320)[:10_000]
POINTS = {
    "etape1.ecoute": 1.5,
    "etape1.hello": 2.0,
    "etape1.fileno": 0.5,
    "etape1.fin": 1.0,
    "serveur.adresse": 1.0,
    "serveur.send": 1.5,
    "serveur.reception": 1.5,
    "serveur.threads": 1.0,
    "serveur.join": 1.0,
    "client.adresse": 1.0,
    "client.send": 1.5,
    "client.reception": 1.5,
    "client.threads": 1.0,
    "client.join": 1.0,
    "duo.dialogue": 2.0,
    "duo.accents": 1.0,
}
BONUS = {"bonus.long": 0.5, "bonus.relance": 0.5, "bonus.propre": 0.5}
earned: set[str] = set()


class Program:
    """A student's program with its standard streams.

    Args:
        file: what to run.
    """

    def __init__(self, file: Path) -> None:
        pipe = subprocess.PIPE
        command = [sys.executable, "-u", str(file)]
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8")
        self.lines: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self.read_lines, daemon=True)
        self.reader.start()

    def read_lines(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.put(line)

    def type(self, text: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()

    def shows(self, text: str) -> bool:
        """Whether a line with the text is displayed before the timeout."""
        end_s = time.monotonic() + TIMEOUT_S
        while True:
            try:
                if text in self.lines.get(timeout=max(end_s - time.monotonic(), 0)):
                    return True
            except queue.Empty:
                return False

    def end(self) -> str:
        """End standard input and wait; what came on standard error."""
        assert self.process.stdin
        assert self.process.stderr
        self.process.stdin.close()
        self.process.wait(timeout=TIMEOUT_S)
        return self.process.stderr.read()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.reader.join()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert stream
            try:
                stream.close()
            except BrokenPipeError:
                pass  # something typed was never read


Start = Callable[[str, int], Program]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a program on another port than 4242, which may still be taken by the test before."""
    programs = []

    def start_program(name: str, port: int) -> Program:
        source = (FOLDER / f"{name}.py").read_text(encoding="utf-8")
        file = tmp_path / f"{name}.py"
        file.write_text(re.sub(rf"\b{PORT}\b", str(port), source), encoding="utf-8")
        programs.append(Program(file))
        return programs[-1]

    yield start_program
    for program in programs:
        program.kill()


@pytest.fixture(scope="module", autouse=True)
def score() -> Iterator[None]:
    """Print the score at the end."""
    yield
    points = sum(points for check, points in POINTS.items() if check in earned)
    bonus = sum(points for check, points in BONUS.items() if check in earned)
    print(f"\n{points} / 20, bonus {bonus}")


def source_of(name: str) -> str:
    return (FOLDER / f"{name}.py").read_text(encoding="utf-8")


def free_port() -> int:
    with socket.create_server((HOST, 0)) as listener:
        return int(listener.getsockname()[1])


def call(port: int) -> socket.socket:
    """Connect to a program that is starting."""
    end_s = time.monotonic() + TIMEOUT_S
    while True:
        try:
            return socket.create_connection((HOST, port), timeout=TIMEOUT_S)
        except ConnectionRefusedError:
            if time.monotonic() > end_s:
                raise
            time.sleep(0.05)


def converse(start: Start, name: str, port: int = 0) -> tuple[Program, socket.socket]:
    """Start serveur.py or client.py, and connect to it."""
    if name == "serveur":
        port = port or free_port()
        program = start(name, port)
        return program, call(port)
    with socket.create_server((HOST, 0)) as listener:
        listener.settimeout(TIMEOUT_S)
        program = start(name, listener.getsockname()[1])
        peer, _ = listener.accept()
        peer.settimeout(TIMEOUT_S)
        return program, peer


def receives(peer: socket.socket, text: str) -> bool:
    """Whether the text arrives before the timeout."""
    received = b""
    while text.encode() not in received:
        try:
            data = peer.recv(4096)
        except TimeoutError:
            return False
        if not data:
            return False
        received += data
    return True


def threads_of(program: Program) -> int:
    return len(os.listdir(f"/proc/{program.process.pid}/task"))


# Étape 1


def test_etape1_listens(start: Start) -> None:
    port = free_port()
    start("etape1", port)
    call(port).close()
    assert str(PORT) in source_of("etape1")
    earned.add("etape1.ecoute")


def test_etape1_says_hello(start: Start) -> None:
    port = free_port()
    start("etape1", port)
    with call(port) as peer:
        peer.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert peer.recv(4096).strip() == b"Hello World!"
        assert peer.recv(4096) == b""
    earned.add("etape1.hello")


def test_etape1_asks_the_descriptor() -> None:
    assert ".fileno()" in source_of("etape1")
    earned.add("etape1.fileno")


def test_etape1_ends(start: Start) -> None:
    port = free_port()
    program = start("etape1", port)
    with call(port) as peer:
        peer.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        peer.recv(4096)
    program.process.wait(timeout=TIMEOUT_S)
    assert program.process.returncode == 0
    earned.add("etape1.fin")


# Étape 2


@pytest.mark.parametrize("name", ["serveur", "client"])
def test_address(start: Start, name: str) -> None:
    _, peer = converse(start, name)
    peer.close()
    assert f"PORT = {PORT}" in source_of(name)
    earned.add(f"{name}.adresse")


@pytest.mark.parametrize("name", ["serveur", "client"])
def test_send(start: Start, name: str) -> None:
    program, peer = converse(start, name)
    with peer:
        for message in MESSAGES:
            program.type(message)
            assert receives(peer, message)
    earned.add(f"{name}.send")


@pytest.mark.parametrize("name", ["serveur", "client"])
def test_reception(start: Start, name: str) -> None:
    program, peer = converse(start, name)
    with peer:
        for message in MESSAGES:
            peer.sendall(f"{message}\n".encode())
            assert program.shows(message)
    earned.add(f"{name}.reception")


@pytest.mark.parametrize("name", ["serveur", "client"])
def test_threads(start: Start, name: str) -> None:
    source = source_of(name)
    assert re.search(r"envoi\s*=.*Thread\(target=Send\b", source)
    assert re.search(r"recep\s*=.*Thread\(target=Réception\b", source)
    program, peer = converse(start, name)
    with peer:
        end_s = time.monotonic() + TIMEOUT_S
        while threads_of(program) < 3 and time.monotonic() < end_s:
            time.sleep(0.05)
        assert threads_of(program) >= 3
    earned.add(f"{name}.threads")


@pytest.mark.parametrize("name", ["serveur", "client"])
def test_join(start: Start, name: str) -> None:
    source = source_of(name)
    assert "envoi.join()" in source
    assert "recep.join()" in source
    program, peer = converse(start, name)
    peer.close()
    program.end()
    assert program.process.returncode == 0
    earned.add(f"{name}.join")


def start_both(start: Start) -> tuple[Program, Program]:
    """Start serveur.py, then client.py as soon as it should listen."""
    port = free_port()
    server = start("serveur", port)
    time.sleep(0.5)
    return server, start("client", port)


def test_dialogue(start: Start) -> None:
    server, client = start_both(start)
    for message in MESSAGES:
        server.type(message)
        assert client.shows(message)
        client.type(message)
        assert server.shows(message)
    earned.add("duo.dialogue")


def test_accents(start: Start) -> None:
    server, client = start_both(start)
    for message in ACCENTS:
        server.type(message)
        assert client.shows(message)
        client.type(message)
        assert server.shows(message)
    earned.add("duo.accents")


# Bonus


def test_long_message(start: Start) -> None:
    for name in ("serveur", "client"):
        program, peer = converse(start, name)
        with peer:
            peer.sendall(f"{LONG}\n".encode())
            assert program.shows(LONG)
    earned.add("bonus.long")


def test_server_starts_again(start: Start) -> None:
    port = free_port()
    for _ in range(2):
        program, peer = converse(start, "serveur", port)
        with peer:
            program.type(MESSAGES[0])
            assert receives(peer, MESSAGES[0])
        program.end()
    earned.add("bonus.relance")


def test_no_traceback_at_the_end(start: Start) -> None:
    for name in ("serveur", "client"):
        program, peer = converse(start, name)
        peer.close()
        assert "Traceback" not in program.end()
    earned.add("bonus.propre")
