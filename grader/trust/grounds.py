"""What each check that the probe's word decides rests on, and the words that its source can hardly do without."""

from __future__ import annotations

from ..transcript.value import Value

ACCEPTED, ADDRESS, RUNNING = "accepted", "address", "running"
"""What the probe tells of a program: that a connection was accepted, where a socket is or has called, what runs."""


class Ground(Value):
    """What one check rests on.

    Attributes:
        check: its id.
        program: the one that is believed.
        claims: what of it is believed; where one is contradicted, the check earns nothing.
        words: what is hardly done without one of these somewhere in the submission, small letters.
    """

    check: str
    program: str
    claims: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


THREADS = ("thread", "timer", "executor", "serve_forever", "asyncio", "pool")
JOIN = ("join", "is_alive", *THREADS[2:])

GROUNDS = (
    Ground("etape1.ecoute", "etape1", (ACCEPTED, ADDRESS)),
    Ground("etape1.fileno", "etape1", (ACCEPTED,), ("fileno",)),
    Ground("etape1.fin", "etape1", (ACCEPTED,)),
    Ground("serveur.adresse", "serveur", (ADDRESS,)),
    Ground("serveur.threads", "serveur", (ACCEPTED, RUNNING), THREADS),
    Ground("client.threads", "client", (ACCEPTED, RUNNING), THREADS),
    Ground("serveur.join", "serveur", (ACCEPTED, RUNNING), JOIN),
    Ground("client.join", "client", (ACCEPTED, RUNNING), JOIN),
    Ground("client.adresse", "client", (ADDRESS,)),
    Ground("duo.dialogue", "client", (ADDRESS,)),
    Ground("duo.accents", "client", (ADDRESS,)),
    Ground("bonus.relance", "serveur", words=("setsockopt", "create_server", "reuse")),
)


def resting_on(claim: str, program: str) -> tuple[str, ...]:
    """The checks that earn nothing where what a program claims is contradicted."""
    return tuple(ground.check for ground in GROUNDS if ground.program == program and claim in ground.claims)
