"""Hands jobs to a Dask cluster that somebody else runs, whose workers grade as this machine would."""

from __future__ import annotations

import socket
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from .. import __version__
from ..errors import UsageError
from ..missing import how_to_get
from .bounds import SCHEDULER_S
from .job import why_not

if TYPE_CHECKING:
    from collections.abc import Callable

LIBRARY = "distributed"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
SCHEMES = ("tls", "tcp")

OPEN_DOOR = (
    "tcp:// n'a ni mot de passe ni chiffrement : n'importe qui sur le réseau pourrait faire exécuter ce qu'il veut "
    "à tes machines. Donne une adresse tls://, ou tcp:// sur cette machine-ci seulement (127.0.0.1)."
)


@dataclass(frozen=True)
class Engine:
    """A cluster that is ready.

    Attributes:
        executor: takes jobs.
        workers: how many there are.
        close: leaves the cluster as it was.
    """

    executor: Executor
    workers: int
    close: Callable[[], None]


def checked_address(address: str) -> str:
    """An address that jobs may be handed to.

    Raises:
        UsageError: it is none, or one where anybody may listen and speak.
    """
    try:
        parts = urlsplit(address)
        complete = parts.scheme in SCHEMES and bool(parts.hostname) and parts.port is not None
    except ValueError:
        complete = False
    if not complete:
        raise UsageError(f"« {address} » n'est pas l'adresse d'un moteur : il en faut une comme tls://HOTE:8786.")
    if parts.scheme == "tcp" and parts.hostname not in LOOPBACK:
        raise UsageError(OPEN_DOOR)
    return address


def engine_at(address: str, isolation: str) -> Engine:
    """A cluster, once each of its workers has shown that it grades as this machine would.

    Certificates and keys are Dask's own settings (distributed.comm.tls, see its documentation on TLS/SSL).

    Raises:
        UsageError: the address is wrong, nobody answers, the library is missing, or a worker is another grader's.
    """
    checked_address(address)
    _check_there(address)
    try:
        from distributed import Client  # 45 MB that only a cluster is worth
        from distributed.security import Security
    except ModuleNotFoundError as error:
        raise UsageError(how_to_get(LIBRARY, " club")) from error
    security = Security(require_encryption=True) if address.startswith("tls:") else None
    try:
        client: Any = Client(address, timeout=SCHEDULER_S, security=security, set_as_default=False)
    except (OSError, TimeoutError, ValueError, TypeError) as error:
        raise UsageError(
            f"Le moteur {address} ne répond pas comme il faut ({type(error).__name__}) : vérifie son adresse, "
            "ses certificats, et qu'il tourne."
        ) from error
    try:
        told = _told(client, isolation)
        _check_workers(told, isolation)
    except BaseException:
        client.close()
        raise
    # A job that brings its worker down is tried once more by ourselves, on whatever worker is left.
    return Engine(client.get_executor(retries=0), len(told), client.close)


def _check_there(address: str) -> None:
    """Make sure that somebody listens: Dask itself goes on trying where nobody does.

    Raises:
        UsageError: nobody does.
    """
    parts = urlsplit(address)
    try:
        socket.create_connection((parts.hostname or "", parts.port or 0), SCHEDULER_S).close()
    except OSError as error:
        raise UsageError(
            f"Personne ne répond à {address} : vérifie l'adresse, et qu'un « dask scheduler » y tourne."
        ) from error


def _told(client: Any, isolation: str) -> dict[str, tuple[str, bool]]:
    """What every worker says of itself.

    Raises:
        UsageError: one of them cannot even be asked.
    """
    try:
        told: dict[str, tuple[str, bool]] = client.run(about, isolation)
    except Exception as error:
        raise UsageError(
            f"Une machine de ce moteur n'a pas ce correcteur-ci ({type(error).__name__}) : installe-le partout, dans "
            "la même version."
        ) from error
    return told


def about(isolation: str) -> tuple[str, bool]:
    """What a worker says of itself: its grader's version, and whether it has that isolation."""
    return __version__, not why_not(isolation)


def _check_workers(told: dict[str, tuple[str, bool]], isolation: str) -> None:
    """Refuse a cluster of which one worker would grade in another way.

    Raises:
        UsageError: there is such a worker, or none at all.
    """
    if not told:
        raise UsageError("Ce moteur n'a aucune machine qui travaille : lance des « dask worker » d'abord.")
    for worker, (version, isolates) in sorted(told.items()):
        if version != __version__:
            raise UsageError(
                f"La machine {worker} a le correcteur {version}, et celle-ci {__version__} : mets la même version "
                "partout."
            )
        if not isolates:
            raise UsageError(
                f"La machine {worker} ne sait pas isoler ({isolation}) : elle ne noterait pas comme les autres."
            )
