"""Plays all scenarios of a submission side by side, in one loop that waits for whatever comes first."""

from __future__ import annotations

import os
import selectors
import socket
import time
from collections.abc import Callable, Iterable
from types import TracebackType

from ..limits import Limits
from ..scenarios.steps import Scenario
from ..transcript.facts import Fact
from ..transcript.record import Run
from .actor import Actor
from .player import Player
from .process import Ends, Launcher, Order, Watcher
from .workspace import Workspace


def own_loopback_host(new_socket: Callable[[], socket.socket]) -> str:
    """A loopback address that nothing else is likely to use, where the network has more than one.

    All of 127.0.0.0/8 is loopback (RFC 1122, 3.2.1.3), but macOS gives only 127.0.0.1 to the interface.

    Args:
        new_socket: makes a socket in that network.
    """
    second, third, fourth = os.urandom(3)
    host = f"127.{1 + second % 254}.{third}.{1 + fourth % 254}"
    with new_socket() as sock:
        try:
            sock.bind((host, 0))
        except OSError:
            return "127.0.0.1"
    return host


class AbandonedError(Exception):
    """What was being played is of no use any more."""


class FdWatcher:
    """The descriptors of one player in the selector.

    Args:
        selector: where they are registered, with the player as data.
        player: whom to call.
    """

    def __init__(self, selector: selectors.BaseSelector, player: Player) -> None:
        self._selector = selector
        self._player = player

    def add(self, fd: int) -> None:
        """Call the player when something can be read from ``fd``."""
        self._selector.register(fd, selectors.EVENT_READ, self._player)

    def remove(self, fd: int) -> None:
        """Do so no more, if it did."""
        if fd in self._selector.get_map():
            self._selector.unregister(fd)


class Stage:
    """Where scenarios are played.

    Args:
        programs: the submission's file for each actor.
        workspace: makes the copies that programs run in.
        launcher: starts them.
        limits: how long to wait for what.
        stop: a descriptor; playing is abandoned as soon as it can be read from.
    """

    def __init__(
        self,
        programs: dict[str, str],
        workspace: Workspace,
        launcher: Launcher,
        limits: Limits,
        stop: int | None = None,
    ) -> None:
        self._programs = programs
        self._workspace = workspace
        self._launcher = launcher
        self._limits = limits
        self._zero_s = time.monotonic()
        self._host = own_loopback_host(launcher.socket)
        self._stop = stop
        self._selector = selectors.DefaultSelector()
        self._running: list[Player] = []

    def __enter__(self) -> Stage:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for player in self._running:
            player.close()
        self._selector.close()

    def play(self, scenarios: Iterable[Scenario], on_end: Callable[[Run], None]) -> None:
        """Play scenarios to their end; ``on_end`` is given each as soon as it is over.

        Raises:
            AbandonedError: told to stop.
            GraderError: programs cannot be started on this machine.
        """
        if self._stop is not None:
            self._selector.register(self._stop, selectors.EVENT_READ, AbandonedError)
        for fd in self._launcher.descriptors():
            self._selector.register(fd, selectors.EVENT_READ)
        waiting = [scenario for scenario in scenarios if set(scenario.actors) <= set(self._programs)]
        ports: dict[str, dict[int, int]] = {}
        while waiting or self._running:
            unfinished = {scenario.name for scenario in waiting} | {player.scenario.name for player in self._running}
            for scenario in [scenario for scenario in waiting if scenario.after not in unfinished]:
                waiting.remove(scenario)
                if not scenario.after or ports.get(scenario.after):
                    self._begin(scenario, ports.get(scenario.after, {}))
            if self._running:
                self._turn()
            for player in [player for player in self._running if player.finished and player.gone()]:
                self._running.remove(player)
                for actor in player.actors.values():
                    ports[player.scenario.name] = actor.real_ports
                player.close()
                on_end(player.run())

    def _begin(self, scenario: Scenario, ports: dict[int, int]) -> None:
        player = Player(scenario, self._limits, self._zero_s)
        self._running.append(player)
        watcher = FdWatcher(self._selector, player)
        player.begin([self.start(name, ports, watcher, player.record) for name in scenario.actors])

    def start(self, name: str, ports: dict[int, int], watcher: Watcher, record: Callable[[Fact], None]) -> Actor:
        """Start one program; a client gets a peer to call, the others are called where they listen.

        Args:
            name: the program's.
            ports: real ports by the port that it will ask for.
            watcher: told the descriptors to wait for.
            record: takes each fact.
        """
        listener = None
        if name == "client":
            listener = self._launcher.socket()
            listener.setblocking(False)
            listener.bind((self._host, 0))
            listener.listen()
        dial = listener.getsockname() if listener is not None else None
        order = Order(
            self._workspace.new_folder(),
            self._programs[name],
            self._host,
            ports,
            dial,
            self._workspace.packet,
            self._limits.caps(),
            os.urandom(8).hex(),
        )
        process = self._launcher.start(order, watcher)
        ends = Ends(process, listener, self._launcher.socket, self._host, order.token.encode("ascii"), order.folder)
        return Actor(name, ends, watcher, self._limits, self._zero_s, record)

    def _turn(self) -> None:
        """Wait until something may have happened, and let the players go on that it may concern."""
        wait_s = min(player.call_at_s() for player in self._running) - time.monotonic()
        if self._launcher.needs_ticks:
            wait_s = min(wait_s, self._limits.tick_s)
        ready = [key.data for key, _ in self._selector.select(max(wait_s, 0.0))]
        if AbandonedError in ready:
            raise AbandonedError
        self._launcher.update()
        everybody = None in ready or self._launcher.needs_ticks  # a process may have ended
        now_s = time.monotonic()
        for player in self._running:
            if not player.finished and (everybody or player in ready or now_s >= player.call_at_s()):
                player.advance()
