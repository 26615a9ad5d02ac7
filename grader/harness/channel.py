"""Reads what comes through the channel of a probe: lines, parts of long ones, facts, and what cannot be one."""

from __future__ import annotations

from ..limits import Limits
from ..probe.entry_line import LAST, MORE
from ..transcript.codec import BadFactError, decode_probe_line
from ..transcript.facts import Began, ProbeFact


class ChannelReader:
    """Cuts a stream of bytes into facts.

    Args:
        program: whom the facts are about.
        token: what the probe puts before each line.
        limits: how long a fact may be.
        zero_s: the time.monotonic() that facts count from.
    """

    def __init__(self, program: str, token: bytes, limits: Limits, zero_s: float) -> None:
        self.tampered = False
        """Whether something came that the probe cannot have written."""
        self._program = program
        self._token = token
        self._longest = limits.channel_line_bytes
        self._most_partial = limits.partial_facts
        self._zero_s = zero_s
        self._rest = b""
        self._parts: dict[bytes, bytes] = {}
        self._began = False

    def feed(self, data: bytes, now_s: float) -> list[tuple[ProbeFact, int]]:
        """The facts that are complete now, each with its size in bytes.

        Args:
            data: what has come.
            now_s: since the grading began; no fact is from later.
        """
        *lines, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > self._longest:
            self._rest = b""
            self.tampered = True
        facts = []
        for line in lines:
            try:
                text = self._whole(line)
                if text:
                    facts.append((self._decode(text, now_s), len(line)))
            except BadFactError:
                self.tampered = True
        return facts

    def _whole(self, line: bytes) -> bytes:
        """The text of a fact; nothing where more parts of it are to come.

        Raises:
            BadFactError: the probe has not written this line.
        """
        if not line.startswith(self._token) or len(line) > self._longest:
            raise BadFactError
        text = line[len(self._token) :]
        if text.startswith(b"["):
            return text
        number, mark, part = text[:8], text[8:9], text[9:]
        known = self._parts.pop(number, b"") + part
        if mark not in (MORE, LAST) or len(known) > self._longest or len(self._parts) >= self._most_partial:
            raise BadFactError
        if mark == MORE:
            self._parts[number] = known
        return known if mark == LAST else b""

    def _decode(self, text: bytes, now_s: float) -> ProbeFact:
        """The fact in a text.

        Raises:
            BadFactError: there is none, or one that cannot be.
        """
        fact = decode_probe_line(text, self._program, self._zero_s)
        if fact.line < 0 or not 0 <= fact.at_s <= now_s + 1 or (isinstance(fact, Began) and self._began):
            raise BadFactError
        self._began = self._began or isinstance(fact, Began)
        return fact
