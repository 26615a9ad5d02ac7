"""Plays all scenarios of a submission side by side, in one loop that waits for whatever comes first."""

from __future__ import annotations

import secrets
import selectors
import socket
import sys
import time
from collections.abc import Callable, Iterable
from types import TracebackType

from ..limits import Limits
from ..scenarios.steps import Scenario
from ..transcript.facts import Bound
from ..transcript.record import Run
from .actor import Actor
from .launcher import Launcher, Order
from .player import Player
from .workspace import Workspace

LOOPBACK = "127.0.0.1"


class Stage:
    """Where scenarios are played.

    Args:
        programs: the submission's file for each actor.
        workspace: makes the copies that programs run in.
        launcher: starts them.
        limits: how long to wait for what.
        clock: gives the time in seconds, as the probe's does (time.monotonic).
    """

    def __init__(
        self,
        programs: dict[str, str],
        workspace: Workspace,
        launcher: Launcher,
        limits: Limits,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._programs = programs
        self._workspace = workspace
        self._launcher = launcher
        self._limits = limits
        self._clock = clock
        self._zero_s = clock()
        self._host = own_loopback_host()
        self._selector = selectors.DefaultSelector()
        self._players: list[Player] = []
        self._players_by_fd: dict[int, Player] = {}

    def __enter__(self) -> Stage:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for player in self._players:
            for actor in player.actors.values():
                actor.close()
        self._selector.close()

    def play(self, scenarios: Iterable[Scenario], on_end: Callable[[Run], None]) -> None:
        """Play scenarios to their end; ``on_end`` is given each as soon as it is over."""
        for fd in self._launcher.descriptors():
            self._selector.register(fd, selectors.EVENT_READ)
        waiting = [scenario for scenario in scenarios if set(scenario.actors) <= set(self._programs)]
        running: list[Player] = []
        over: dict[str, Player] = {}
        while waiting or running:
            names = {scenario.name for scenario in waiting} | {player.scenario.name for player in running}
            for scenario in [one for one in waiting if one.after not in names]:
                waiting.remove(scenario)
                running.append(self._begin(scenario, over.get(scenario.after)))
            for player in self._turn(running):
                running.remove(player)
                over[player.scenario.name] = player
                on_end(player.run())

    # Beginning.

    def _begin(self, scenario: Scenario, before: Player | None) -> Player:
        player = Player(scenario, self._limits, self._clock)
        self._players.append(player)
        ports = {name: _real_ports(before, name) for name in scenario.actors}
        player.begin([self._start(player, name, ports[name]) for name in scenario.actors])
        return player

    def _start(self, player: Player, name: str, ports: dict[int, int]) -> Actor:
        listener = None
        if name == "client":
            listener = socket.create_server((self._host, 0))
            listener.setblocking(False)

        def watch(fd: int) -> None:
            self._players_by_fd[fd] = player
            try:
                self._selector.register(fd, selectors.EVENT_READ)
            except KeyError:  # the number was another's, closed since: a selector forgets it only when told
                self._selector.unregister(fd)
                self._selector.register(fd, selectors.EVENT_READ)

        dial = listener.getsockname() if listener is not None else None
        order = Order(self._workspace.copy(), self._programs[name], self._host, ports, dial)
        actor = Actor(
            name, self._launcher.start(order, watch), listener, self._limits, self._zero_s, self._clock, player.record
        )
        actor.watch = watch
        if listener is not None:
            watch(listener.fileno())
        return actor

    # Going on.

    def _turn(self, running: list[Player]) -> list[Player]:
        """Wait until something may have happened, let it happen, and return the players that are done."""
        now_s = self._clock()
        wait_s = min(player.next_look_s() for player in running) - now_s
        if self._launcher.needs_ticks:
            wait_s = min(wait_s, self._limits.tick_s)
        ready = {key.fd for key, _ in self._selector.select(max(wait_s, 0.0))}
        self._launcher.update()
        called = {id(self._players_by_fd[fd]) for fd in ready if fd in self._players_by_fd}
        now_s = self._clock()
        for player in running:
            if id(player) in called or self._launcher.needs_ticks or now_s >= player.next_look_s() or _died(player):
                player.advance()
        return [player for player in running if player.finished and self._is_gone(player, now_s)]
