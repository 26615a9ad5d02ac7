"""The reference, run as a student runs it, against programs that nobody here wrote and between two machines."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import NoReturn

import pytest

from .programs import NETWORK, Machine, NamespaceRefusedError, Program, one_machine, two_machines, wait_until

REFERENCE = Path(__file__).parent.parent / "reference"
PORT = 4242
HELLO = "Hello World!"
LEFT = "(l'autre est parti"
THERE = ("Ça va, là-bas ? Cœur, garçon, Noël.", "🐑 mouton n° 2 🐑", "plain words")
BACK = ("Très bien ! Où es-tu, à l'école ?", "👩‍👩‍👧 et ☕", "other words")
LATER = "Je t'écris encore, même après ton départ."

Conversation = Callable[..., AbstractContextManager[tuple[Program, Program]]]

pytestmark = pytest.mark.together  # this machine has the port once

# Where everything is at hand, a test that cannot run is a failure.
MUST_RUN = os.environ.get("CI") == "true" and sys.platform == "linux" and os.getuid() == 0

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a program is doing")


def give_up(reason: str) -> NoReturn:
    """Skip the test, or fail it where it must run."""
    if MUST_RUN:
        pytest.fail(reason)
    pytest.skip(reason)


def this_machine() -> Machine:
    """This machine itself, where somebody else may hold the port."""
    try:
        for address in ("", "localhost"):
            socket.create_server((address, PORT)).close()
    except OSError as error:
        pytest.skip(f"port {PORT} of this machine: {error}")
    return Machine()


@pytest.fixture
def machine() -> Iterator[Machine]:
    """A machine whose port is free: one of the test's own if possible, else this one."""
    with ExitStack() as stack:
        try:
            one = stack.enter_context(one_machine())
        except NamespaceRefusedError as refused:
            if MUST_RUN:
                pytest.fail(str(refused))
            one = this_machine()
        yield one


@pytest.fixture
def cabled_machines() -> Iterator[tuple[Machine, Machine]]:
    """Two machines joined by a cable."""
    with ExitStack() as stack:
        try:
            machines = stack.enter_context(two_machines())
        except NamespaceRefusedError as refused:
            give_up(str(refused))
        yield machines


@pytest.fixture
def curl() -> str:
    """The command `curl`."""
    if shutil.which("curl") is None:
        give_up("this machine has no curl")
    return "curl"


@pytest.fixture
def netcat() -> str:
    """The command `nc`, in the version whose options are used here."""
    if shutil.which("nc") is None:
        give_up("this machine has no nc")
    done = subprocess.run(["nc", "-h"], capture_output=True, text=True, timeout=20)
    if "OpenBSD netcat" not in done.stdout + done.stderr:
        give_up("this machine's nc is not OpenBSD's")
    return "nc"


@pytest.fixture
def ctrl_c_works() -> Iterator[None]:
    """Let Ctrl+C reach the programs, which a runner started in the background would keep from them."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@contextmanager
def etape1_waiting(machine: Machine) -> Iterator[Program]:
    """Étape 1's program, listening."""
    with machine.start_python(REFERENCE / "etape1.py") as program:
        program.wait_for("J'attends")
        yield program


def must_end_well(program: Program) -> None:
    """The program ends by itself, with status 0 and without an error shown; a failure tells what it has shown."""
    status = program.wait_for_end()
    assert status == 0, program.shown
    assert "Traceback" not in program.shown


def say_hello(machine: Machine, netcat: str) -> None:
    """Étape 1's program meets netcat, from its start to its end."""
    with etape1_waiting(machine) as program, machine.start(netcat, "localhost", str(PORT)) as peer:
        peer.say("Bonjour ?")
        peer.wait_for(HELLO)
        must_end_well(program)
        peer.end_input()
        assert peer.wait_for_end() == 0
        assert peer.shown == HELLO


def chat(one: Program, other: Program) -> None:
    """Several lines each way, and each side speaks without waiting for an answer."""
    one.say(*THERE)
    other.say(*BACK)
    for line in THERE:
        other.wait_for(line)
    for line in BACK:
        one.wait_for(line)


@contextmanager
def server_and_netcat(machine: Machine, *netcat: str) -> Iterator[tuple[Program, Program]]:
    """The server in a conversation with netcat."""
    with machine.start_python(REFERENCE / "serveur.py") as server:
        server.wait_for("J'attends")
        with machine.start(*netcat, "localhost", str(PORT)) as peer:
            chat(server, peer)
            yield server, peer


@contextmanager
def client_and_netcat(machine: Machine, *netcat: str) -> Iterator[tuple[Program, Program]]:
    """The client in a conversation with netcat, which has waited for it."""
    with machine.start(*netcat, "-v", "-l", "127.0.0.1", str(PORT)) as peer:
        peer.wait_for("Listening on")
        with machine.start_python(REFERENCE / "client.py") as client:
            chat(client, peer)
            yield client, peer


def leave_first_and_still_hear(leaver: Program, other: Program) -> None:
    """One presses Ctrl+D; the other is told, has a last word, and both end by themselves."""
    leaver.end_input()
    other.wait_for(LEFT)
    other.say(LATER)
    leaver.wait_for(LATER)
    other.end_input()


def converse(machine: Machine, netcat: str) -> None:
    """A conversation that the server is the first to leave, as netcat without `-N` keeps the end of its input quiet."""
    with server_and_netcat(machine, netcat) as (server, peer):
        server.end_input()
        peer.end_input()
        must_end_well(server)
        assert peer.wait_for_end() == 0


def test_curl_gets_hello_world_and_nothing_else_and_the_program_ends(machine: Machine, curl: str) -> None:
    with etape1_waiting(machine) as program:
        done = machine.run(curl, "--noproxy", "localhost", "--http0.9", f"http://localhost:{PORT}")
        assert (done.returncode, done.stdout) == (0, HELLO), done.stderr
        must_end_well(program)
        assert re.search(r"descripteur [0-9]+", program.shown)


def test_netcat_sends_a_line_gets_hello_world_and_the_program_ends(machine: Machine, netcat: str) -> None:
    say_hello(machine, netcat)


@LINUX
@pytest.mark.usefixtures("ctrl_c_works")
def test_ctrl_c_ends_the_program_that_waits_for_its_request(machine: Machine) -> None:
    with etape1_waiting(machine) as program:
        wait_until(lambda: program.state() == "S", "the program waits in accept")
        program.process.send_signal(signal.SIGINT)
        program.wait_for_end()
        assert "KeyboardInterrupt" in program.shown
    knock = machine.run(sys.executable, "-c", f"import socket; socket.create_connection(('localhost', {PORT}), 5)")
    assert "ConnectionRefusedError" in knock.stderr


@pytest.mark.parametrize("meeting", [say_hello, converse])
def test_a_server_starts_again_at_once_on_a_port_that_the_system_still_holds(
    machine: Machine, netcat: str, meeting: Callable[[Machine, str], None]
) -> None:
    meeting(machine, netcat)
    plain_bind = machine.run(sys.executable, "-c", f"import socket; socket.socket().bind(('127.0.0.1', {PORT}))")
    assert "Address already in use" in plain_bind.stderr, "nothing holds the port: this test shows nothing"
    meeting(machine, netcat)


@pytest.mark.parametrize("conversation", [server_and_netcat, client_and_netcat])
def test_when_netcat_leaves_first_the_program_says_so_and_ends_once_its_input_ends(
    machine: Machine, netcat: str, conversation: Conversation
) -> None:
    with conversation(machine, netcat, "-N") as (program, peer):
        leave_first_and_still_hear(peer, program)
        must_end_well(program)
        assert peer.wait_for_end() == 0


@pytest.mark.parametrize("conversation", [server_and_netcat, client_and_netcat])
def test_when_the_input_ends_first_the_program_ends_once_netcat_leaves(
    machine: Machine, netcat: str, conversation: Conversation
) -> None:
    with conversation(machine, netcat) as (program, peer):
        program.end_input()
        peer.end_input()
        must_end_well(program)
        assert peer.wait_for_end() == 0


@pytest.mark.usefixtures("ctrl_c_works")
@pytest.mark.parametrize("conversation", [server_and_netcat, client_and_netcat])
def test_when_netcat_is_interrupted_words_typed_to_nobody_do_no_harm(
    machine: Machine, netcat: str, conversation: Conversation
) -> None:
    with conversation(machine, netcat) as (program, peer):
        peer.process.send_signal(signal.SIGINT)
        program.wait_for(LEFT)
        program.say(LATER, LATER)
        program.end_input()
        must_end_well(program)


@LINUX
@pytest.mark.parametrize("conversation", [server_and_netcat, client_and_netcat])
def test_a_connection_reset_by_netcat_ends_like_any_other(
    machine: Machine, netcat: str, conversation: Conversation
) -> None:
    with conversation(machine, netcat) as (program, peer):
        peer.process.send_signal(signal.SIGSTOP)
        wait_until(lambda: peer.state() == "T", "netcat stops")
        program.say(LATER)
        wait_until(lambda: peer.unread(PORT), "the words reach netcat's machine")
        peer.process.kill()  # it leaves words unread: the system resets the connection
        program.wait_for(LEFT)
        program.say(LATER)
        program.end_input()
        must_end_well(program)


@pytest.mark.parametrize("first", ["server", "client"])
def test_two_machines_chat_and_whoever_stays_is_told_that_the_other_has_left(
    cabled_machines: tuple[Machine, Machine], tmp_path: Path, first: str
) -> None:
    source = (REFERENCE / "client.py").read_text(encoding="utf-8")
    here, there = 'IP = "127.0.0.1"', f'IP = "{NETWORK}1"'
    assert source.count(here) == 1
    (tmp_path / "client.py").write_text(source.replace(here, there), encoding="utf-8")
    one, other = cabled_machines
    with one.start_python(REFERENCE / "serveur.py", terminal=True) as server:
        server.wait_for("J'attends")
        with other.start_python(tmp_path / "client.py", terminal=True) as client:
            client.wait_for(f"Connecté à {NETWORK}1:{PORT}")
            server.wait_for(f"Connecté à {NETWORK}2")
            chat(server, client)
            leave_first_and_still_hear(*((server, client) if first == "server" else (client, server)))
            must_end_well(server)
            must_end_well(client)
            assert LEFT in server.shown
            assert LEFT in client.shown
