"""What each check that the probe's word decides rests on, and the words that its source can hardly do without."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Claim(Enum):
    """Something that the probe tells of a program."""

    ACCEPTED = "a connection was accepted"
    ADDRESS = "a socket has an address, or has called one"
    THREADS = "threads run"


@dataclass(frozen=True)
class Ground:
    """What one check rests on.

    Attributes:
        check: its id.
        program: the one that is believed.
        claims: what of it is believed; where one is contradicted, the check earns nothing.
        words: what is hardly done without one of these somewhere in the submission, small letters.
    """

    check: str
    program: str
    claims: frozenset[Claim] = frozenset()
    words: tuple[str, ...] = ()


THREADS = ("thread", "timer", "executor", "serve_forever", "asyncio", "pool")
JOIN = ("join", "is_alive", *THREADS[2:])
_ACCEPTED, _ADDRESS = frozenset({Claim.ACCEPTED}), frozenset({Claim.ADDRESS})
_CONVERSATION = frozenset({Claim.ACCEPTED, Claim.THREADS})

GROUNDS = (
    Ground("etape1.ecoute", "etape1", _ACCEPTED | _ADDRESS),
    Ground("etape1.fileno", "etape1", _ACCEPTED, ("fileno",)),
    Ground("etape1.fin", "etape1", _ACCEPTED),
    Ground("serveur.adresse", "serveur", _ADDRESS),
    Ground("serveur.threads", "serveur", _CONVERSATION, THREADS),
    Ground("client.threads", "client", _CONVERSATION, THREADS),
    Ground("serveur.join", "serveur", _CONVERSATION, JOIN),
    Ground("client.join", "client", _CONVERSATION, JOIN),
    Ground("client.adresse", "client", _ADDRESS),
    Ground("duo.dialogue", "client", _ADDRESS),
    Ground("duo.accents", "client", _ADDRESS),
    Ground("bonus.relance", "serveur", words=("setsockopt", "create_server", "reuse")),
)


def resting_on(claim: Claim, program: str) -> tuple[str, ...]:
    """The checks that earn nothing where what a program claims is contradicted."""
    return tuple(ground.check for ground in GROUNDS if ground.program == program and claim in ground.claims)
