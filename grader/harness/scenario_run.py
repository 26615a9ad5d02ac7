"""Runs one scenario, step by step, without ever waiting itself: it is called when something may have happened."""

from __future__ import annotations

import time
from collections import Counter

from ..errors import GraderError
from ..limits import Limits
from ..scenarios.steps import Do, Scenario, Step, Until, Words
from ..transcript.facts import Fact, Waited
from ..transcript.record import Run
from ..transcript.texts import came_through, is_displayed
from .lacks import BLAMELESS, LAUNCHER
from .patience import Clock, StepPatience
from .student_process import StudentProcess
from .system_watch import Seen, SystemWatch
from .words import REQUEST, new_text

OVERLOADED = (
    "cette machine est surchargée : tes programmes n'ont presque pas pu tourner. Ce n'est pas ta faute. Ferme d'autres "
    "programmes, ou attends un peu, puis relance le correcteur."
)


class ScenarioRun:
    """One scenario while it runs.

    Args:
        scenario: what to run.
        limits: how long to wait.
        zero_s: the time.monotonic() that facts count from.
    """

    def __init__(self, scenario: Scenario, limits: Limits, zero_s: float) -> None:
        self.scenario = scenario
        self.programs: dict[str, StudentProcess] = {}
        self.finished = False
        self._limits = limits
        self._zero_s = zero_s
        self._facts: list[Fact] = []
        self._steps = list(enumerate(scenario.steps))
        self._text = ""
        self._count: Counter[tuple[Do, Words]] = Counter()
        self._began_s = time.monotonic()
        self._stopped_s = 0.0
        self._clock = Clock(self._began_s, limits.turn_s)
        self._patience = StepPatience(limits, self._clock)
        self._system = SystemWatch(limits)
        self._told_before_bytes = 0
        """What the programs had told through their probes when the step began."""
        self._next_guard_s = 0.0

    def record(self, fact: Fact) -> None:
        """Add a fact to the record."""
        self._facts.append(fact)

    def result(self) -> Run:
        """What was seen so far."""
        return Run(self.scenario.name, tuple(self._facts))

    def begin(self, programs: list[StudentProcess]) -> None:
        """The programs have been started."""
        self.programs = {program.name: program for program in programs}
        if len(programs) == 2:
            programs[0].mate, programs[1].mate = programs[1], programs[0]
        now_s = time.monotonic()
        self._began_s = now_s
        self._next_guard_s = now_s + self._limits.guard_pause_s
        self._enter(now_s)

    def turn(self) -> None:
        """The harness has its turn, however late."""
        self._clock.turn(time.monotonic())

    @property
    def lack(self) -> str:
        """What the machine had too little of for these programs, a word of LACKS; empty for nothing."""
        return next((program.lack for program in self.programs.values() if program.lack), "")

    @property
    def blameless(self) -> bool:
        """Whether the programs have no part in what they lacked: the system did not start them, or all share it."""
        started = all(program.process.lack in ("", LAUNCHER) for program in self.programs.values())
        return not started or self.lack in BLAMELESS

    def advance(self) -> None:
        """Take what has come and go on as far as possible."""
        self._read()
        self._guard(time.monotonic())
        while not self.finished:
            outcome = self._outcome()
            if outcome is None:
                return
            self._leave(outcome)

    def _guard(self, now_s: float) -> None:
        """Look at what the programs use, from time to time."""
        if now_s >= self._next_guard_s:
            self._next_guard_s = now_s + self._limits.guard_pause_s
            for program in self.programs.values():
                program.guard(late=self._clock.given_s > self._limits.scenario_s)
            if now_s > self._began_s + self._limits.overload_s and not self.finished:
                raise GraderError(OVERLOADED)

    def call_at_s(self) -> float:
        """When to be called at the latest, by time.monotonic()."""
        now_s = time.monotonic()
        if self.finished or any(
            program.peer is not None and program.peer.unsent_bytes for program in self.programs.values()
        ):
            return now_s + self._limits.tick_s
        return min(self._system.next_look_s, self._next_guard_s, self._patience_end_s(now_s))

    def gone(self) -> bool:
        """Whether the processes have ended, or have had their time to."""
        too_late = time.monotonic() > self._stopped_s + self._limits.end_patience_s
        return too_late or all(program.process.status is not None for program in self.programs.values())

    def close(self) -> None:
        """Give everything back."""
        for program in self.programs.values():
            program.close()

    def stop(self) -> None:
        """End what still runs; the scenario is over."""
        for program in self.programs.values():
            program.kill()
        self.finished = True
        self._stopped_s = time.monotonic()

    # Reading.

    def _read(self) -> bool:
        came = False
        for _ in range(self._limits.read_rounds):
            spoke = [name for name, program in self.programs.items() if program.read()]
            if not spoke:
                break
            came = True
            received_bytes = sum(program.activity.received_bytes for program in self.programs.values())
            self._patience.progress(received_bytes, all_began=self._all_began())
            self._system.came_from(spoke, time.monotonic())
            if self._looping():
                break  # it never has enough to say, and others wait for their turn
        return came

    def _told_bytes(self) -> int:
        """What the programs have told through their probes so far: one that goes on telling never rests."""
        return sum(program.probe.received_bytes for program in self.programs.values())

    def _looping(self) -> bool:
        return any(program.activity.looping for program in self.programs.values())

    def _all_began(self) -> bool:
        """Whether the student's code has begun in all programs, or never will."""
        return all(program.activity.began_s is not None or program.over for program in self.programs.values())

    # Steps.

    @property
    def _step(self) -> Step:
        return self._steps[0][1]

    @property
    def _resting(self) -> bool:
        """Whether only the moment of the next move is chosen, and no verdict hangs on the step's outcome."""
        return self._step.until is Until.REST

    def _enter(self, now_s: float) -> None:
        """Do what the first remaining step does, and begin to wait."""
        self._clock.begin_step()
        self._patience.begin_step(long=self._step.words is Words.LONG)
        self._system.begin_step(self.programs, now_s)
        self._told_before_bytes = self._told_bytes()
        for program in self.programs.values():
            program.begin_step()
        program = self.programs[self._step.program]
        if not program.over:
            self._do(self._step, program)

    def _do(self, step: Step, program: StudentProcess) -> None:
        if step.do in (Do.TYPE, Do.SAY):
            self._text = new_text(step.words, self._count[step.do, step.words])
            self._count[step.do, step.words] += 1
        if step.do is Do.TYPE:
            program.type(self._text)
        elif step.do is Do.SAY:
            program.say(self._text)
        elif step.do is Do.REQUEST:
            program.say(REQUEST, end="")
        elif step.do is Do.LEAVE:
            program.leave()
        elif step.do is Do.END_INPUT:
            program.end_input()

    def _leave(self, outcome: str) -> None:
        """The first remaining step is over: go to the next that makes sense."""
        number, step = self._steps.pop(0)
        now_s = time.monotonic()
        self.record(Waited(round(now_s - self._zero_s, 6), step.program, number, outcome))
        for program in self.programs.values():
            program.count()
        if outcome != "done":
            if step.until in (Until.MEETING, Until.LISTENING):
                self._steps.clear()
            elif step.group:
                self._steps = [(later, other) for later, other in self._steps if other.group != step.group]
        if not self._steps or all(program.over for program in self.programs.values()):
            self.stop()
        else:
            self._enter(now_s)

    # Waiting.

    def _outcome(self) -> str | None:
        """How the wait of the current step ends; None while it does not."""
        step = self._step
        while True:
            if self._met(step):
                return "done"
            if self.programs[step.program].over or self.programs[step.shown_by or step.program].over:
                return "ended"
            if not self._settled():
                return self._unsettled_outcome()
            came = self._read()
            if self._met(step):
                return "done"
            # A loop always has something new to say: what the other threads said before is read by now.
            if not came or self._looping():
                return self._at_rest()

    def _unsettled_outcome(self) -> str | None:
        """How the wait ends although something may still come by itself; None while it does not."""
        if self._resting and self._told_bytes() - self._told_before_bytes > self._limits.restless_bytes:
            return self._at_rest()
        now_s = time.monotonic()
        seen = self._look(now_s) if now_s >= self._system.next_look_s else Seen.NOTHING
        if seen is Seen.BUSY:
            return "busy"
        if seen is Seen.QUIET:
            return self._at_rest()
        if now_s < self._patience_end_s(now_s):
            return None
        for program in self.programs.values():
            if program.activity.began_s is None:
                program.never_began()
        return "late"

    def _look(self, now_s: float) -> Seen:
        """Ask the system about programs of which the probe says nothing."""
        self._system.postpone(now_s)
        running = [program for program in self.programs.values() if not program.over]
        self._clock.deduct_waits([program.process.pid for program in running])
        if not self._all_began():
            return Seen.NOTHING
        seen = self._system.look(running, now_s, resting=self._resting)
        return Seen.NOTHING if seen is Seen.QUIET and self._read() else seen

    def _at_rest(self) -> str:
        """The outcome when nothing more comes by itself."""
        if self._looping():
            return "busy"
        return "done" if self._resting else "settled"

    def _patience_end_s(self, now_s: float) -> float:
        return self._patience.end_s(now_s, all_began=self._all_began())

    def _settled(self) -> bool:
        """Whether nothing more will come by itself while there is patience."""
        now_s = time.monotonic()
        hopeless_s = now_s + self._limits.hopeless_s if self._resting else self._patience_end_s(now_s)
        until_s = hopeless_s - self._zero_s
        return all(program.at_rest(polling=self._resting, until_s=until_s) for program in self.programs.values())

    def _met(self, step: Step) -> bool:
        """Whether what the step waits for has come."""
        program = self.programs[step.program]
        peer = program.peer
        if step.until is Until.LISTENING:
            return peer is not None
        if step.until is Until.MEETING:
            return peer is not None and (program.activity.accepted > 0 or program.listener is not None)
        if step.until is Until.HEARD:
            return came_through(self._text, program.outputs.received)
        if step.until is Until.SHOWN:
            shower = self.programs[step.shown_by or step.program]
            is_there = came_through if step.shown_by and step.words is Words.PLAIN else is_displayed
            return is_there(self._text, shower.outputs.shown)
        if step.until is Until.ANSWERED:
            return peer is not None and (b"Hello World!" in program.outputs.received or peer.ended)
        return step.until is Until.OVER and program.over
